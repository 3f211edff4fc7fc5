using System.Security.Cryptography;

namespace FlickStream.Transcoder.Packaging.Encryption;

/// <summary>AES-CBC over one block of sixteen bytes in every <paramref name="stride"/>, chained from each to the next and begun anew with
/// the constant vector for every run (ISO/IEC 23001-7, 9.6 and 9.7). A rest of less than a block stays in the clear.</summary>
/// <param name="key">16 bytes.</param>
/// <param name="iv">16 bytes.</param>
/// <param name="stride">10 for the pattern 1:9, 1 for whole samples.</param>
internal sealed class PatternCipher(byte[] key, byte[] iv, int stride) : IDisposable
{
    private const int Block = 16;
    private readonly Aes _aes = AesOf(key);
    private byte[] _plain = [];
    private byte[] _secret = [];

    public void Encrypt(Span<byte> run) => Apply(run, isEncrypting: true);

    public void Decrypt(Span<byte> run) => Apply(run, isEncrypting: false);

    public void Dispose()
    {
        _aes.Dispose();
        CryptographicOperations.ZeroMemory(_plain);
    }

    private void Apply(Span<byte> run, bool isEncrypting)
    {
        // The blocks are gathered first: one call a run costs a tenth of one a block.
        var blocks = (run.Length + ((stride - 1) * Block)) / (stride * Block);
        if (blocks == 0) return;
        var bytes = blocks * Block;
        if (_plain.Length < bytes) (_plain, _secret) = (new byte[bytes * 2], new byte[bytes * 2]);
        var (from, to) = isEncrypting ? (_plain, _secret) : (_secret, _plain);
        for (var i = 0; i < blocks; i++) run.Slice(i * stride * Block, Block).CopyTo(from.AsSpan(i * Block));
        if (isEncrypting) _aes.EncryptCbc(from.AsSpan(0, bytes), iv, to, PaddingMode.None);
        else _aes.DecryptCbc(from.AsSpan(0, bytes), iv, to, PaddingMode.None);
        for (var i = 0; i < blocks; i++) to.AsSpan(i * Block, Block).CopyTo(run.Slice(i * stride * Block, Block));
    }

    private static Aes AesOf(byte[] key)
    {
        var aes = Aes.Create();
        aes.Key = key;
        return aes;
    }
}
