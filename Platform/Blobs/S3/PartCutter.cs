using System.Runtime.CompilerServices;

namespace FlickStream.Platform.Blobs.S3;

/// <param name="Number">From 1.</param>
internal sealed record Part(int Number, PartBuffer Bytes) : IDisposable
{
    public void Dispose() => Bytes.Dispose();
}

/// <summary>
/// Cuts content into parts that S3 takes, at places that depend on nothing but the total: the same bytes, sent again after a crash,
/// become the same parts. What is short of a part at the end stays in <see cref="Rest"/>.
/// </summary>
/// <param name="content">Read to its end.</param>
/// <param name="parts">Parts that the blob has already.</param>
/// <param name="bytes">Bytes in these.</param>
/// <param name="total">Bytes of the whole blob; null when nobody knows.</param>
/// <param name="usual">Bytes of a part where there is no reason for more.</param>
internal sealed class PartCutter(Stream content, int parts, long bytes, long? total, long usual) : IDisposable
{
    /// <summary>Bytes that are in no part; before the first part, what the next begins with.</summary>
    public PartBuffer Rest { get; } = new();

    /// <summary>Reads ahead; true when there is a whole part.</summary>
    public Task<bool> FillAsync(CancellationToken cancellationToken) => Rest.FillAsync(content, Target, cancellationToken);

    public async IAsyncEnumerable<Part> CutAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await FillAsync(cancellationToken)) yield return Next(Target);
    }

    public void Dispose() => Rest.Dispose();

    private long Target => PartSizes.Target(parts, bytes, total, usual);

    private Part Next(long size)
    {
        (parts, bytes) = (parts + 1, bytes + size);
        return new Part(parts, Rest.Take(size));
    }
}
