using FlickStream.Transcoder.Keys;
using FlickStream.Transcoder.Packaging.Mp4;

namespace FlickStream.Transcoder.Packaging.Encryption;

/// <summary>
/// Encrypts the samples of one rendition by <c>cbcs</c>: one block in ten of a picture's slice data, every whole block of sound. What is
/// clear is enough to find the same blocks again in what is encrypted.
/// </summary>
internal sealed class SampleCipher : IDisposable
{
    private readonly PatternCipher _cipher;
    private readonly ISliceHeader? _headers;
    private readonly int _lengthSize;

    private SampleCipher(TrackEncryption track, byte[] secret, ISliceHeader? headers, int lengthSize)
    {
        Track = track;
        _headers = headers;
        _lengthSize = lengthSize;
        _cipher = new PatternCipher(secret, track.Iv, track.SkipBlocks + 1);
    }

    /// <summary>For the init segment.</summary>
    public TrackEncryption Track { get; }

    /// <summary>Null where whole segments are encrypted, or nothing.</summary>
    public static SampleCipher? For(RenditionKey? key, SampleEntry entry)
    {
        if (key is not { Protection.Scheme: Platform.Contracts.ContentProtection.Cbcs }) return null;
        return entry switch
        {
            AvcEntry avc => OfPictures(key, new AvcSliceHeader(AvcParameterSets.Parse(avc.Fields.Config)), avc.LengthSize),
            HvcEntry hevc => OfPictures(key, HevcSliceHeader.Parse(hevc.Fields.Config), hevc.LengthSize),
            AacEntry => new SampleCipher(new TrackEncryption(key.KeyId, key.Iv, CryptBlocks: 0, SkipBlocks: 0), key.Secret, null, 0),
            _ => throw new ChunkRejectedException(PackagingProblems.Codec, $"{entry.Codecs} cannot be encrypted."),
        };
    }

    /// <summary>The subsamples of each sample; null where whole samples are encrypted.</summary>
    public IReadOnlyList<Subsample[]>? Map(ReadOnlySpan<byte> samples, IEnumerable<int> sizes)
    {
        if (_headers is null) return null;
        var maps = new List<Subsample[]>();
        foreach (var size in sizes)
        {
            maps.Add(SubsampleMap.Of(samples[..size], _lengthSize, _headers));
            samples = samples[size..];
        }

        return maps;
    }

    /// <summary>In place.</summary>
    public void Encrypt(Span<byte> samples, IEnumerable<int> sizes, IReadOnlyList<Subsample[]>? maps)
    {
        foreach (var (i, size) in sizes.Index())
        {
            Apply(samples[..size], maps?[i], isEncrypting: true);
            samples = samples[size..];
        }
    }

    /// <summary>A fragment as it was before it was encrypted.</summary>
    public Fragment Open(Fragment fragment)
    {
        var data = fragment.Data.ToArray();
        var rest = data.AsSpan();
        foreach (var sample in fragment.Samples)
        {
            Apply(rest[..sample.Size], _headers is null ? null : SubsampleMap.Of(rest[..sample.Size], _lengthSize, _headers), isEncrypting: false);
            rest = rest[sample.Size..];
        }

        return fragment with { Data = data };
    }

    public void Dispose() => _cipher.Dispose();

    private static SampleCipher OfPictures(RenditionKey key, ISliceHeader headers, int lengthSize) =>
        new(new TrackEncryption(key.KeyId, key.Iv, CryptBlocks: 1, SkipBlocks: 9), key.Secret, headers, lengthSize);

    private void Apply(Span<byte> sample, Subsample[]? map, bool isEncrypting)
    {
        if (map is null)
        {
            ApplyRun(sample, isEncrypting);
            return;
        }

        foreach (var (clear, secret) in map)
        {
            ApplyRun(sample.Slice(clear, secret), isEncrypting);
            sample = sample[(clear + secret)..];
        }
    }

    private void ApplyRun(Span<byte> run, bool isEncrypting)
    {
        if (isEncrypting) _cipher.Encrypt(run);
        else _cipher.Decrypt(run);
    }
}
