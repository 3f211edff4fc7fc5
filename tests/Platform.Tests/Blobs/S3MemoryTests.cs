using FlickStream.Engines;

namespace FlickStream.Platform.Tests.Blobs;

/// <summary>Alone, because what others allocate would be counted too.</summary>
[CollectionDefinition(nameof(S3MemoryTests), DisableParallelization = true)]
[Collection(nameof(S3MemoryTests))]
public sealed class S3MemoryTests(S3Gateway gateway) : S3Fixture(gateway)
{
    private const long Length = 160L << 20;

    [Fact]
    public async Task Memory_does_not_grow_with_a_large_write()
    {
        var content = new WatchedStream(Length);
        Assert.True(await Blobs.WriteAsync("large", content, Ct));
        Assert.Equal(Length, (await Blobs.FindAsync("large", Ct))!.Length);
        // Four parts on their way and one that is filled, and what the client has besides.
        Assert.InRange(content.MostMemory, 1, 64L << 20);
    }

    /// <summary>Content of unknown length that notes how much memory its readers hold.</summary>
    private sealed class WatchedStream(long length) : Stream
    {
        private readonly long _before = GC.GetTotalMemory(forceFullCollection: true);
        private long _left = length;

        public long MostMemory { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            MostMemory = Math.Max(MostMemory, GC.GetTotalMemory(forceFullCollection: false) - _before);
            var read = (int)Math.Min(buffer.Length, _left);
            buffer[..read].Fill((byte)_left);
            _left -= read;
            return read;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
