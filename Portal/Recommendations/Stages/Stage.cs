namespace FlickStream.Portal.Recommendations.Stages;

/// <summary>Each says of every title how likely this viewer is to watch it.</summary>
internal enum Stage
{
    /// <summary>Closed-form item weights, over the whole history alike.</summary>
    Items,

    /// <summary>The same, where the latest counts most.</summary>
    LatestItems,

    /// <summary>What is watched after the latest.</summary>
    Next,

    /// <summary>Factors of viewer and title.</summary>
    Factors,

    /// <summary>Titles of like content, where the latest counts most.</summary>
    Content,

    /// <summary>What all watch.</summary>
    Popularity,
}
