using System.Text;
using FlickStream.Transcoder.Packaging.Encryption;

namespace FlickStream.Transcoder.Packaging.Mp4;

/// <summary>
/// Writes an init segment (CMAF header, ISO/IEC 23000-19, 7.3.1) of our own, with nothing of the source but its codec
/// configuration: no metadata of the master, no encoder version and no durations, so that every chunk of a rendition gives the
/// same bytes.
/// </summary>
internal static class InitWriter
{
    private const int TrackId = 1;

    /// <param name="mediaStart">The media time, in the track's ticks, that is presented at 0.</param>
    /// <param name="encryption">Of the samples; null when they are clear.</param>
    public static byte[] Write(Track track, uint mediaStart = 0, TrackEncryption? encryption = null)
    {
        var buffer = new ByteBuffer();
        // iso6 for tfdt, default-base-is-moof and signed composition offsets; cmfc is CMAF's own brand.
        buffer.Box("ftyp"u8, b => b.Bytes("iso6"u8).U32(0).Bytes("iso6cmfcmp41"u8));
        buffer.Box("moov"u8, moov =>
        {
            moov.FullBox("mvhd"u8, 0, 0, b => Matrix(b.Zeros(8).U32(1000).U32(0).U32(0x00010000).U16(0x0100).Zeros(10)).Zeros(24).U32(TrackId + 1));
            moov.Box("trak"u8, trak => Trak(trak, track, mediaStart, encryption));
            moov.Box("mvex"u8, mvex => mvex.FullBox("trex"u8, 0, 0, b => b.U32(TrackId).U32(1).Zeros(12)));
            encryption?.WritePssh(moov);
        });
        return buffer.Span.ToArray();
    }

    private static void Trak(ByteBuffer trak, Track track, uint mediaStart, TrackEncryption? encryption)
    {
        var video = (track.Entry as PictureEntry)?.Fields;
        trak.FullBox("tkhd"u8, 0, 3, b =>
        {
            b.Zeros(8).U32(TrackId).Zeros(4).U32(0).Zeros(8).U16(0).U16(video is null ? 1 : 0).U16(video is null ? 0x0100 : 0).U16(0);
            Matrix(b).U32(video is null ? 0 : DisplayWidth(video)).U32(video is null ? 0 : (uint)video.Height << 16);
        });
        if (mediaStart > 0)
        {
            // Duration 0: all that the fragments hold.
            trak.Box("edts"u8, edts => edts.FullBox("elst"u8, 0, 0, b => b.U32(1).U32(0).U32(mediaStart).U32(0x00010000)));
        }

        trak.Box("mdia"u8, mdia =>
        {
            mdia.FullBox("mdhd"u8, 0, 0, b => b.Zeros(8).U32(track.Timescale).U32(0).U16(0x55C4).U16(0));
            mdia.FullBox("hdlr"u8, 0, 0, b => b.U32(0).Bytes(video is null ? "soun"u8 : "vide"u8).Zeros(12)
                .Bytes(video is null ? "Audio\0"u8 : "Video\0"u8));
            mdia.Box("minf"u8, minf =>
            {
                if (video is null) minf.FullBox("smhd"u8, 0, 0, b => b.Zeros(4));
                else minf.FullBox("vmhd"u8, 0, 1, b => b.Zeros(8));
                minf.Box("dinf"u8, dinf => dinf.FullBox("dref"u8, 0, 0, b => b.U32(1).FullBox("url "u8, 0, 1, _ => { })));
                minf.Box("stbl"u8, stbl => Stbl(stbl, track.Entry, encryption));
            });
        });
    }

    private static void Stbl(ByteBuffer stbl, SampleEntry entry, TrackEncryption? encryption)
    {
        stbl.FullBox("stsd"u8, 0, 0, stsd =>
        {
            stsd.U32(1);
            if (entry is PictureEntry picture) Picture(stsd, picture, encryption);
            else Mp4A(stsd, (AacEntry)entry, encryption);
        });
        stbl.FullBox("stts"u8, 0, 0, b => b.U32(0));
        stbl.FullBox("stsc"u8, 0, 0, b => b.U32(0));
        stbl.FullBox("stsz"u8, 0, 0, b => b.U32(0).U32(0));
        stbl.FullBox("stco"u8, 0, 0, b => b.U32(0));
    }

    private static void Picture(ByteBuffer stsd, PictureEntry entry, TrackEncryption? encryption)
    {
        var type = Encoding.ASCII.GetBytes(entry.Type);
        stsd.Box(encryption is null ? type : "encv"u8, b =>
        {
            b.Zeros(6).U16(1).Zeros(16).U16(entry.Fields.Width).U16(entry.Fields.Height).U32(0x00480000).U32(0x00480000).U32(0).U16(1).Zeros(32)
                .U16(24).U16(0xFFFF).Box(Encoding.ASCII.GetBytes(entry.Fields.ConfigType), config => config.Bytes(entry.Fields.Config))
                .Bytes(entry.Fields.Others);
            encryption?.WriteSinf(b, type);
        });
    }

    // A rate above 16 bits cannot be written here; readers take it from the esds.
    private static void Mp4A(ByteBuffer stsd, AacEntry entry, TrackEncryption? encryption) => stsd.Box(encryption is null ? "mp4a"u8 : "enca"u8, b =>
    {
        b.Zeros(6).U16(1).Zeros(8).U16(entry.Channels).U16(16).U32(0)
            .U32(entry.SampleRate > ushort.MaxValue ? 0 : (uint)entry.SampleRate << 16).Bytes(entry.Esds);
        encryption?.WriteSinf(b, "mp4a"u8);
    });

    private static uint DisplayWidth(PictureFields video)
    {
        var (width, height) = video.PixelAspect;
        var shown = height == 0 ? (ulong)video.Width : (ulong)video.Width * width / height;
        return (uint)Math.Min(shown, ushort.MaxValue) << 16;
    }

    private static ByteBuffer Matrix(ByteBuffer b) => b.U32(0x00010000).Zeros(12).U32(0x00010000).Zeros(12).U32(0x40000000);
}
