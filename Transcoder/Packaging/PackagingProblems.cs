using FlickStream.Platform.Problems;

namespace FlickStream.Transcoder.Packaging;

/// <summary>Why what ffmpeg wrote does not become segments.</summary>
internal static class PackagingProblems
{
    public static readonly Problem Malformed = new(
        "chunk_malformed", 422, "The encoder's output is not the fragmented MP4 it should be; encode the chunk again.");

    /// <summary>The same to whoever reads the code; told apart because an output that just ends says nothing of its own: how ffmpeg
    /// ended does.</summary>
    public static readonly Problem Cut = new(
        "chunk_malformed", 422, "The encoder's output ends too early; encode the chunk again.");

    public static readonly Problem NoOutput = new(
        "chunk_missing", 422, "The encoder did not write what it should; the master may be damaged there.");

    public static readonly Problem TooLarge = new(
        "chunk_too_large", 422, "The encoder's output is far larger than its rendition allows; check the rendition's rate limit.");

    public static readonly Problem Codec = new(
        "chunk_codec", 422, "The encoder's codec, picture size or sample rate is not what the rendition declares; check the encoder settings.");

    public static readonly Problem FrameCount = new(
        "chunk_frame_count", 422, "The chunk has not the planned number of frames; the master may be damaged there.");

    public static readonly Problem Timeline = new(
        "chunk_timeline", 422, "The chunk's timestamps are not on the title's grid; the master may be damaged there.");

    public static readonly Problem NotIdr = new(
        "chunk_not_idr", 422, "A fragment does not start with an IDR picture; players could not start or switch there.");

    public static readonly Problem InitDiffers = new(
        "init_differs", 422, "The chunk's codec parameters differ from those of earlier chunks; encode the title again under a new plan.");

    public static readonly Problem SegmentDiffers = new(
        "segment_differs", 422, "Another segment is stored under this number; encode the title again under a new plan.");

    public static readonly Problem NoAudio = new(
        "audio_empty", 422, "The sound track holds no sound; leave the track out of the plan.");
}
