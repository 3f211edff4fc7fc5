namespace FlickStream.Platform.Contracts;

/// <summary>The doorbells between services. The message is the id of the document that changed.</summary>
public static class Topics
{
    /// <summary>An asset was accepted or deleted: asset id.</summary>
    public const string AssetChanged = "asset.changed";

    /// <summary>A presentation or its segment runs changed: asset id.</summary>
    public const string PresentationChanged = "presentation.changed";

    /// <summary>A text beside a master was uploaded or deleted: its document's id.</summary>
    public const string TextChanged = "text.changed";

    /// <summary>Steps became ready to claim: job id.</summary>
    public const string StepsReady = "steps.ready";

    /// <summary>A job's state, priority or progress changed: job id.</summary>
    public const string JobChanged = "job.changed";

    /// <summary>An <see cref="EncodingOutcome"/> was written: job id.</summary>
    public const string EncodingEnded = "encoding.ended";
}
