namespace FlickStream.Transcoder.Planning;

internal enum StepKind
{
    /// <summary>One chunk, in the rungs of one group.</summary>
    Video,

    /// <summary>One sound rendition, whole.</summary>
    Audio,

    /// <summary>All tracks of text.</summary>
    Text,

    /// <summary>The text that lies in the picture.</summary>
    Captions,
    Poster,

    /// <summary>One rendition that exists, encrypted otherwise.</summary>
    Protect,

    /// <summary>When all others are done.</summary>
    Publish,
}

/// <summary>A piece of work that one worker does in one go and that gives the same bytes however often it is done.</summary>
/// <param name="Name">Unique in its plan, such as <c>video-0000-a</c>.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Rank">Order in which steps are offered, from 0: what makes the title playable comes first.</param>
/// <param name="MakesPlayable">The title does not start without it, or should not: whoever needs text to follow it needs it from the start.</param>
/// <param name="Weight">Share of the work: about megapixels encoded.</param>
internal sealed record PlannedStep(string Name, StepKind Kind, int Rank, bool MakesPlayable, double Weight)
{
    /// <summary>Of a video step; 0 otherwise.</summary>
    public int Chunk { get; init; }

    /// <summary>Pictures of the first six seconds of a title that nobody could watch before: who began with the first two waits for the rest.</summary>
    public bool IsOfStart { get; init; }

    /// <summary>Names of the rungs or the one sound rendition that it makes; empty for others.</summary>
    public IReadOnlyList<string> Renditions { get; init; } = [];

    /// <summary>The title can be watched to its end without it, so it waits for every step of any title that cannot.</summary>
    public bool JoinsLater { get; init; }

    /// <summary>It also makes the chunk's sprite sheets.</summary>
    public bool MakesSprite { get; init; }
}
