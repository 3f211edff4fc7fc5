using FlickStream.Platform.Contracts;
using FlickStream.Transcoder.Packaging.Encryption;
using FlickStream.Transcoder.Packaging.Mp4;

namespace FlickStream.Transcoder.Packaging;

/// <summary>Builds one video segment, GOP by GOP; reused from segment to segment.</summary>
internal sealed class VideoSegment(VideoChunk chunk, SampleCipher? cipher)
{
    private readonly ByteBuffer _bytes = new();
    private readonly List<IFrame> _iFrames = [];
    private long _frames;

    public int Number { get; private set; }

    public bool IsEmpty => _frames == 0;

    public bool IsFull => _frames == chunk.Grid.FramesOf(Number);

    public ReadOnlyMemory<byte> Bytes => _bytes.Written;

    public void Begin(int number)
    {
        Number = number;
        _bytes.Clear();
        _iFrames.Clear();
        _frames = 0;
    }

    public void Add(Fragment gop)
    {
        var start = _bytes.Length;
        var frame = chunk.Grid.FirstFrameOf(Number) + _frames;
        var sequence = (uint)((frame / chunk.Grid.GopFrames) + 1);
        FragmentWriter.WriteVideo(_bytes, sequence, (ulong)frame * chunk.TicksPerFrame, chunk.TicksPerFrame, chunk.Delay, gop, cipher);
        var head = _bytes.Length - start - gop.Data.Length;
        _iFrames.Add(new IFrame(start, head + gop.Samples[0].Size, (long)gop.Samples.Count * chunk.TicksPerFrame));
        _frames += gop.Samples.Count;
    }

    public MeasuredSegment Measure() => new(_bytes.Length, _frames * chunk.TicksPerFrame, [.. _iFrames]);
}
