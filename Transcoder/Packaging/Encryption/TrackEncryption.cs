using FlickStream.Transcoder.Packaging.Mp4;

namespace FlickStream.Transcoder.Packaging.Encryption;

/// <summary>What an init segment says of its track's encryption.</summary>
/// <param name="KeyId">default_KID.</param>
/// <param name="Iv">16 bytes, the same for all samples.</param>
/// <param name="CryptBlocks">Blocks of the pattern that are encrypted; 0 with none: whole samples are.</param>
/// <param name="SkipBlocks">Blocks of the pattern that are not.</param>
internal sealed record TrackEncryption(Guid KeyId, byte[] Iv, int CryptBlocks, int SkipBlocks)
{
    // W3C's common system id, which names keys and nothing else: what browsers start a ClearKey session from.
    private static readonly Guid Common = new("1077efec-c0b2-4d02-ace3-3c1e52e2fb4b");

    /// <summary>The sinf box (ISO/IEC 14496-12, 8.12) that turns a sample entry into an encrypted one.</summary>
    /// <param name="to">The end of the sample entry.</param>
    /// <param name="format">What the entry was, such as <c>avc1</c>.</param>
    public void WriteSinf(ByteBuffer to, ReadOnlySpan<byte> format)
    {
        var original = format.ToArray();
        to.Box("sinf"u8, sinf =>
        {
            sinf.Box("frma"u8, b => b.Bytes(original));
            sinf.FullBox("schm"u8, 0, 0, b => b.Bytes("cbcs"u8).U32(0x00010000));
            sinf.Box("schi"u8, schi => schi.FullBox("tenc"u8, 1, 0, b => b
                .Bytes([0, (byte)((CryptBlocks << 4) | SkipBlocks), 1, 0])
                .Bytes(KeyId.ToByteArray(bigEndian: true)).Bytes([(byte)Iv.Length]).Bytes(Iv)));
        });
    }

    /// <summary>The pssh box of the common system (W3C, "cenc" Initialization Data Format, 4).</summary>
    public void WritePssh(ByteBuffer to) => to.FullBox("pssh"u8, 1, 0, b => b
        .Bytes(Common.ToByteArray(bigEndian: true)).U32(1).Bytes(KeyId.ToByteArray(bigEndian: true)).U32(0));
}
