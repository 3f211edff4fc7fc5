using System.Runtime.InteropServices;
using FlickStream.Transcoder.Packaging.Mp4;

namespace FlickStream.Transcoder.Packaging;

/// <summary>AAC frames that wait for their segment, without the priming packet. Gaps, overlaps and odd lengths are rejected.</summary>
internal sealed class AudioFrames
{
    // An AAC frame has at most 6144 bits a channel (ISO/IEC 14496-3, 4.5.1.1), for at most 8 channels.
    private const int MaxFrameBytes = 6144;
    private readonly List<int> _sizes = [];
    private readonly ByteBuffer _data = new();
    private ulong _time;
    private bool _isPrimed;
    private bool _isOver;

    public int Count => _sizes.Count;

    /// <summary>Frames taken out so far.</summary>
    public long Removed { get; private set; }

    public void Add(Fragment fragment)
    {
        if (fragment.DecodeTime != _time)
        {
            throw new ChunkRejectedException(PackagingProblems.Timeline, $"Sound goes on at sample {fragment.DecodeTime}; {_time} comes next.");
        }

        var rest = fragment.Data.Span;
        foreach (var sample in fragment.Samples)
        {
            Require(sample);
            // The encoder may end with a packet that stands for fewer samples; decoders yield a whole frame all the same.
            _isOver = sample.Duration < AudioTrack.FrameSamples;
            _time += sample.Duration;
            if (_isPrimed)
            {
                _sizes.Add(sample.Size);
                _data.Bytes(rest[..sample.Size]);
            }

            _isPrimed = true;
            rest = rest[sample.Size..];
        }
    }

    public (int[] Sizes, ReadOnlyMemory<byte> Data) Front(int frames)
    {
        var sizes = CollectionsMarshal.AsSpan(_sizes)[..frames].ToArray();
        return (sizes, _data.Written[..sizes.Sum()]);
    }

    public void RemoveFront(int frames)
    {
        _data.RemoveFront(CollectionsMarshal.AsSpan(_sizes)[..frames].ToArray().Sum());
        _sizes.RemoveRange(0, frames);
        Removed += frames;
    }

    private void Require(Sample sample)
    {
        if (_isOver || sample.Duration is 0 or > AudioTrack.FrameSamples || sample.CompositionOffset != 0)
        {
            throw new ChunkRejectedException(
                PackagingProblems.Timeline, $"At sample {_time}, an AAC frame does not last {AudioTrack.FrameSamples} samples.");
        }

        if (sample.Size is 0 or > MaxFrameBytes)
        {
            throw new ChunkRejectedException(PackagingProblems.Malformed, $"An AAC frame has {sample.Size} bytes.");
        }
    }
}
