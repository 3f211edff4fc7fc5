using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace FlickStream.Standalone.Tests.Fuzzing;

/// <summary>Whole films that name other files in the places which their containers have for it, and one that is larger than it looks.</summary>
internal static class References
{
    /// <summary>ISO/IEC 14496-12, 8.7.2: the media lie elsewhere; and QuickTime's ways to say so.</summary>
    public static void InBoxes(Part film, Targets targets, Random random)
    {
        var target = targets.Any(random);
        switch (random.Next(4))
        {
            case 0:
                SetReferences(film, "url ", [0, 0, 0, 0, .. Encoding.UTF8.GetBytes("file://" + target), 0]);
                break;
            case 1:
                SetReferences(film, "alis", [0, 0, 0, 0, .. AliasOf(target)]);
                break;
            case 2:
                SetReferences(film, "urn ", [0, 0, 0, 0, .. Encoding.UTF8.GetBytes("x\0" + target), 0]);
                break;
            default:
                // A reference movie.
                var address = Encoding.UTF8.GetBytes(target + "\0");
                var count = new byte[4];
                BinaryPrimitives.WriteInt32BigEndian(count, address.Length);
                var rdrf = new Part("rdrf"u8.ToArray(), [0, 0, 0, 0, .. "url "u8, .. count, .. address], null);
                film.Parts!.First(part => part.NameText == "moov").Parts!.Insert(
                    0, new Part("rmra"u8.ToArray(), [], [new Part("rmda"u8.ToArray(), [], [rdrf])]));
                break;
        }

        if (random.Next(2) == 0) film.Parts!.RemoveAll(part => part.NameText == "mdat");
    }

    /// <summary>QuickTime's index, compressed: it may grow a thousand times, and say that it grows more.</summary>
    public static void CompressedIndex(Part film, Random random)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true)) zlib.Write(new byte[random.Next(1, 64) << 20]);
        var length = Numbers.Interesting(random)[4..];
        var cmvd = new Part("cmvd"u8.ToArray(), [.. length, .. packed.ToArray()], null);
        var moov = film.Parts!.First(part => part.NameText == "moov");
        moov.Parts!.Clear();
        moov.Parts.Add(new Part("cmov"u8.ToArray(), [], [new Part("dcom"u8.ToArray(), "zlib"u8.ToArray(), null), cmvd]));
    }

    /// <summary>Matroska: linked segments, and playlists, scripts and fonts among the attachments.</summary>
    public static void InElements(Part film, Targets targets, Random random)
    {
        var segment = film.Parts!.First(part => part.Name.AsSpan().SequenceEqual(Elements.IdOf(0x18538067)));
        var info = segment.Parts!.First(part => part.Name.AsSpan().SequenceEqual(Elements.IdOf(0x1549A966)));
        var target = Encoding.UTF8.GetBytes(targets.Any(random));
        Part Element(uint id, byte[] body) => new(Elements.IdOf(id), body, null);
        switch (random.Next(3))
        {
            case 0:
                // SegmentFilename, PrevFilename, NextFilename.
                info.Parts!.InsertRange(0, [Element(0x7384, target), Element(0x3C83AB, target), Element(0x3E83BB, target)]);
                break;
            case 1:
                var script = Scripts.TextOf(random.Next(Scripts.Count), Encoding.UTF8.GetString(target));
                var file = new Part(
                    Elements.IdOf(0x61A7),
                    [],
                    [Element(0x466E, target), Element(0x4660, "application/vnd.apple.mpegurl"u8.ToArray()), Element(0x465C, script), Element(0x46AE, [1])]);
                segment.Parts!.Insert(1, new Part(Elements.IdOf(0x1941A469), [], [file]));
                break;
            default:
                // A track that is compressed by zlib, which its frames are not, or are a thousand times over.
                var compression = new Part(Elements.IdOf(0x5034), [], [Element(0x4254, [0])]);
                var encoding = new Part(Elements.IdOf(0x6240), [], [compression]);
                foreach (var track in segment.WithAllBelow().Where(part => part.Name.AsSpan().SequenceEqual(Elements.IdOf(0xAE))))
                    track.Parts!.Add(new Part(Elements.IdOf(0x6D80), [], [encoding]));
                break;
        }
    }

    private static void SetReferences(Part film, string kind, byte[] body)
    {
        foreach (var dref in film.WithAllBelow().Where(part => part.NameText == "dref"))
        {
            dref.Parts!.Clear();
            dref.Parts.Add(new Part(Encoding.ASCII.GetBytes(kind), body, null));
        }
    }

    // Inside Macintosh: Files, as readers take it: volume, name, and then the whole path as a record of type 2.
    private static byte[] AliasOf(string path)
    {
        var alias = new byte[150];
        alias[6] = 0;
        alias[10] = 1;
        alias[11] = (byte)'/';
        var name = Encoding.UTF8.GetBytes(Path.GetFileName(path));
        alias[50] = (byte)Math.Min(name.Length, 63);
        name.AsSpan(0, alias[50]).CopyTo(alias.AsSpan(51));
        BinaryPrimitives.WriteInt16BigEndian(alias.AsSpan(130), 1);
        BinaryPrimitives.WriteInt16BigEndian(alias.AsSpan(132), 1);
        var full = Encoding.UTF8.GetBytes(path);
        var length = new byte[2];
        BinaryPrimitives.WriteInt16BigEndian(length, (short)full.Length);
        return [.. alias, 0, 2, .. length, .. full, .. new byte[full.Length & 1], 0xff, 0xff, 0, 0];
    }
}
