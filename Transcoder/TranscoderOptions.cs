namespace FlickStream.Transcoder;

/// <summary>Section <c>Transcoder</c>.</summary>
internal sealed class TranscoderOptions
{
    /// <summary>What this process does of the transcoder's work. However many processes there are of each, one at least must keep the board
    /// and one must encode.</summary>
    public TranscoderRole Role { get; init; } = TranscoderRole.All;

    public bool KeepsBoard => Role is TranscoderRole.All or TranscoderRole.Board;

    public bool Encodes => Role is TranscoderRole.All or TranscoderRole.Worker;
}

internal enum TranscoderRole
{
    All,

    /// <summary>Makes jobs of accepted assets, sweeps, and answers <c>/api/jobs</c>. Needs no ffmpeg.</summary>
    Board,

    /// <summary>Claims steps and encodes, nothing else; its only addresses are health and metrics.</summary>
    Worker,
}
