using System.Text;

namespace FlickStream.Standalone.Tests.Fuzzing;

/// <summary>Texts that make one reader or another open what they name.</summary>
internal static class Scripts
{
    private static readonly (string Name, string Text)[] Texts =
    [
        ("HLS", "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:1,\n{0}\n#EXT-X-ENDLIST\n"),
        ("HLS behind a comment", "/* */\n#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:1,\n{0}\n#EXT-X-ENDLIST\n"),
        ("HLS, its key", "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXT-X-KEY:METHOD=AES-128,URI=\"{0}\"\n#EXTINF:1,\n{0}\n#EXT-X-ENDLIST\n"),
        ("HLS, its map", "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXT-X-MAP:URI=\"{0}\"\n#EXTINF:1,\ndata:video/mp2t;base64,R0AAEA==\n#EXT-X-ENDLIST\n"),
        ("HLS, subfile", "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:1,\nsubfile,,start,0,end,64,,:{0}\n#EXT-X-ENDLIST\n"),
        ("HLS, concat", "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:1,\nconcat:{0}|{0}\n#EXT-X-ENDLIST\n"),
        ("HLS, crypto", "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:1,\ncrypto+file://{0}\n#EXT-X-ENDLIST\n"),
        ("HLS, variants", "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n{0}\n"),
        ("M3U", "{0}\n"),
        ("concat script", "ffconcat version 1.0\nfile '{0}'\n"),
        ("concat script without its first line", "file '{0}'\nduration 1\n"),
        ("DASH", "<?xml version=\"1.0\"?>\n<MPD type=\"static\" mediaPresentationDuration=\"PT1S\"><Period><AdaptationSet mimeType=\"video/mp4\"><Representation id=\"1\" bandwidth=\"1\"><BaseURL>{0}</BaseURL></Representation></AdaptationSet></Period></MPD>"),
        ("XML entity", "<?xml version=\"1.0\"?><!DOCTYPE MPD [<!ENTITY x SYSTEM \"file://{0}\">]><MPD><Period><BaseURL>&x;</BaseURL></Period></MPD>"),
        ("IMF", "<?xml version=\"1.0\"?><CompositionPlaylist xmlns=\"http://www.smpte-ra.org/schemas/2067-3/2016\"><Id>urn:uuid:1</Id><Asset>{0}</Asset></CompositionPlaylist>"),
        ("Smooth Streaming", "<SmoothStreamingMedia MajorVersion=\"2\"><StreamIndex Url=\"{0}\"/></SmoothStreamingMedia>"),
        ("SMIL", "<smil><body><video src=\"{0}\"/></body></smil>"),
        ("ASX", "<asx version=\"3\"><entry><ref href=\"{0}\"/></entry></asx>"),
        ("XSPF", "<xspf><trackList><track><location>{0}</location></track></trackList></xspf>"),
        ("SVG", "<svg xmlns=\"http://www.w3.org/2000/svg\"><image href=\"{0}\"/></svg>"),
        ("SDP", "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\na=control:{0}\n"),
        ("ASF reference", "[Reference]\nRef1={0}\n"),
        ("PLS", "[playlist]\nFile1={0}\n"),
        ("QuickTime text", "RTSPtext\n{0}\n"),
        ("ffmetadata", ";FFMETADATA1\ntitle={0}\n[CHAPTER]\nSTART=0\nEND=1\ntitle={0}\n"),
        ("VobSub", "# VobSub index file, v7 (do not modify this line!)\nsize: 96x64\nid: en, index: 0\ntimestamp: 00:00:00:000, filepos: 000000000\n# {0}\n"),
        ("ASS", "[Script Info]\nScriptType: v4.00+\nAudio File: {0}\nVideo File: {0}\n[V4+ Styles]\nStyle: D,{0},20\n[Events]\nDialogue: 0,0:00:00.00,0:00:01.00,D,,0,0,0,,{0}\n"),
        ("filter graph", "movie={0},scale=96:64\n"),
        ("AviSynth", "FFmpegSource2(\"{0}\")\n"),
        ("cue sheet", "FILE \"{0}\" WAVE\n  TRACK 01 AUDIO\n    INDEX 01 00:00:00\n"),
        ("WebVTT", "WEBVTT\n\nSTYLE\n@import url({0});\n\n00:00.000 --> 00:01.000\n<c>x</c>\n"),
    ];

    public static int Count => Texts.Length;

    /// <summary>As the whole file, or where a lazy reader may take it for the start of one.</summary>
    public static byte[] Disguised(int which, Targets targets, byte[] film, Random random)
    {
        var bytes = TextOf(which, targets.Any(random));
        return random.Next(6) switch
        {
            0 => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(bytes))],
            1 => [.. Encoding.UTF8.Preamble, .. bytes],
            2 => [.. new byte[random.Next(1, 64)], .. bytes],
            3 => [.. bytes, .. film],
            4 => [.. film[..Math.Min(film.Length, random.Next(32, 4096))], .. bytes],
            _ => bytes,
        };
    }

    public static byte[] TextOf(int which, string target) =>
        Encoding.UTF8.GetBytes(Texts[which % Texts.Length].Text.Replace("{0}", target, StringComparison.Ordinal));
}
