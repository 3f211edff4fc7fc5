using System.ComponentModel.DataAnnotations;

namespace FlickStream.Standalone.Demo;

/// <summary>Section <c>Demo</c>: how much is made for the first start.</summary>
internal sealed class DemoOptions
{
    /// <summary>Seconds of the sample master.</summary>
    [Range(2, 600)]
    public int SampleSeconds { get; init; } = 60;

    /// <summary>Lines of it.</summary>
    [Range(144, 2160)]
    public int SampleHeight { get; init; } = 1080;

    /// <summary>Of the demo catalog, in its order.</summary>
    [Range(0, 1000)]
    public int Titles { get; init; } = 1000;

    /// <summary>Seconds of each clip of the catalog.</summary>
    [Range(2, 600)]
    public int ClipSeconds { get; init; } = 12;

    /// <summary>Lines of each.</summary>
    [Range(144, 1080)]
    public int ClipHeight { get; init; } = 360;
}
