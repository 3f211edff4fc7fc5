using System.Buffers;

namespace FlickStream.Platform.Blobs.S3;

/// <summary>Bytes in pooled pieces. It takes the memory of what came, not of what may come, so that a slow sender costs little.</summary>
internal sealed class PartBuffer : IDisposable
{
    /// <summary>Parts are whole numbers of pieces, so that cutting one off copies nothing.</summary>
    public const int PieceSize = 256 << 10;

    private readonly List<byte[]> _pieces = [];

    public long Length { get; private set; }

    /// <summary>Reads until it holds <paramref name="most"/> bytes; false when the content ended before.</summary>
    public async Task<bool> FillAsync(Stream content, long most, CancellationToken cancellationToken)
    {
        while (Length < most)
        {
            if (Length == (long)_pieces.Count * PieceSize) _pieces.Add(ArrayPool<byte>.Shared.Rent(PieceSize));
            var used = (int)(Length % PieceSize);
            var free = _pieces[^1].AsMemory(used, (int)Math.Min(PieceSize - used, most - Length));
            var read = await content.ReadAsync(free, cancellationToken);
            if (read == 0) return false;
            Length += read;
        }

        return true;
    }

    /// <summary>Moves the first <paramref name="bytes"/>, a multiple of <see cref="PieceSize"/> or all there are, to a new buffer.</summary>
    public PartBuffer Take(long bytes)
    {
        var pieces = bytes == Length ? _pieces.Count : (int)(bytes / PieceSize);
        if (bytes > Length || (bytes != Length && bytes % PieceSize != 0)) throw new ArgumentOutOfRangeException(nameof(bytes));
        var taken = new PartBuffer { Length = bytes };
        taken._pieces.AddRange(_pieces[..pieces]);
        _pieces.RemoveRange(0, pieces);
        Length -= bytes;
        return taken;
    }

    /// <summary>A view that a request reads; disposing it ends every later read, also by a request that was given up.</summary>
    public Stream OpenRead() => new View(_pieces, Length);

    public void Dispose()
    {
        foreach (var piece in _pieces) ArrayPool<byte>.Shared.Return(piece);
        _pieces.Clear();
        Length = 0;
    }

    private sealed class View(List<byte[]> pieces, long length) : ReadOnlyStream(length)
    {
        private volatile bool _isClosed;

        public override int Read(Span<byte> buffer)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            var at = (int)(Position % PieceSize);
            var count = Math.Min(Cut(buffer.Length), PieceSize - at);
            if (count == 0) return 0;
            pieces[(int)(Position / PieceSize)].AsSpan(at, count).CopyTo(buffer);
            Position += count;
            return count;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<int>(cancellationToken) : ValueTask.FromResult(Read(buffer.Span));

        protected override void Dispose(bool disposing)
        {
            _isClosed = true;
            base.Dispose(disposing);
        }
    }
}
