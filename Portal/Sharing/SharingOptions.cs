using System.ComponentModel.DataAnnotations;

namespace FlickStream.Portal.Sharing;

/// <summary>Section <c>Sharing</c>.</summary>
internal sealed class SharingOptions
{
    /// <summary>What the site calls itself on shared pages.</summary>
    [StringLength(60, MinimumLength = 1)]
    public string SiteName { get; init; } = "FlickStream";

    /// <summary>Titles for this age and older ones are shared by their name alone, without picture and description:
    /// whoever is sent a link has not said how old they are. 19 shows all.</summary>
    [Range(0, 19)]
    public int PictureAge { get; init; } = 16;

    /// <summary>Lists that one account may share and take back in a minute.</summary>
    [Range(1, 1000)]
    public int SharesPerMinute { get; init; } = 20;

    /// <summary>Lists that one account may report in a minute.</summary>
    [Range(1, 10_000)]
    public int ReportsPerMinute { get; init; } = 30;
}
