namespace FlickStream.Standalone.Tests.Masters;

/// <summary>One row of the matrix: how ffmpeg makes a master and what must become of it.</summary>
/// <param name="Name">Unique; the row's folder and the test's name.</param>
/// <param name="Kind">What it is an example of: a row of <c>docs/masters.md</c>.</param>
/// <param name="File">Name of the file that is uploaded.</param>
/// <param name="Commands">Argument lists of ffmpeg, run one after the other in the row's folder.</param>
internal sealed record Master(string Name, string Kind, string File, params IReadOnlyList<IReadOnlyList<string>> Commands)
{
    /// <summary>Files that the commands make and that lie one behind the other in the master; empty where they make the master.</summary>
    public IReadOnlyList<string> Join { get; init; } = [];

    /// <summary>A change to the file's bytes that no ffmpeg makes, after the commands.</summary>
    public Func<byte[], byte[]>? Edit { get; init; }

    /// <summary>LUFS, as <c>Planning:Loudness</c> says it; null leaves the mix as it was delivered.</summary>
    public string? Loudness { get; init; }

    /// <summary>HEVC and AV1 are made besides H.264.</summary>
    public bool HasAllCodecs { get; init; }

    /// <summary>Files that the commands read, by name.</summary>
    public IReadOnlyDictionary<string, byte[]> Files { get; init; } = new Dictionary<string, byte[]>();

    public Expected Expected { get; init; } = new();

    public override string ToString() => Name;
}

internal sealed record Expected
{
    /// <summary>Code of the refusal; null when the master is accepted. Nothing else is looked at then.</summary>
    public string? Refusal { get; init; }

    /// <summary>Of sound alone: no picture, and the beep is told by its own time.</summary>
    public static Expected SoundAlone(double beep) => new() { Size = (0, 0), Rate = "", Frames = 0, Probes = [], Box = null, Flash = null, Beep = beep };

    /// <summary>Of the top rung, pixels.</summary>
    public (int Width, int Height) Size { get; init; } = (320, 180);

    /// <summary>As HLS states it.</summary>
    public string Rate { get; init; } = "24.000";

    public int Frames { get; init; } = 36;

    /// <summary>How many frames more or fewer are right, where the master does not say.</summary>
    public int FramesWithin { get; init; }

    /// <summary>How the card lies in the picture, as <see cref="Card.Upright"/> names its corners.</summary>
    public string Letters { get; init; } = Card.Upright;

    public IReadOnlyList<Probe> Probes { get => field ?? Card.Corners(Letters); init; }

    /// <summary>Which of the card's frames are seen when; null where its box cannot be.</summary>
    public Motion? Box { get; init; } = new();

    /// <summary>Largest difference of a channel, of 255.</summary>
    public int ColorWithin { get; init; } = 6;

    /// <summary>Seconds at which the middle turns white; null where it never does.</summary>
    public double? Flash { get; init; } = 0.5;

    /// <summary>Seconds at which it does so for a second and last time; null where it does so once.</summary>
    public double? Again { get; init; }

    /// <summary>The beep begins with the flash.</summary>
    public bool Beeps { get; init; } = true;

    /// <summary>Seconds at which it begins where there is no flash; null where it does not matter.</summary>
    public double? Beep { get; init; }

    /// <summary>A poster can be fetched.</summary>
    public bool HasPoster { get; init; } = true;

    /// <summary>Codes, in any order.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>Of the sound renditions that players list, in their order; null where it does not matter.</summary>
    public IReadOnlyList<string>? Languages { get; init; }

    /// <summary>What each of them is for, in the words of DASH; null where it does not matter.</summary>
    public IReadOnlyList<string>? Roles { get; init; }

    /// <summary>Roles and languages of the text renditions that players are offered, such as <c>forced en</c>. All have the same words.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];

    /// <summary>Those besides H.264's.</summary>
    public IReadOnlyList<LadderExpected> Ladders { get; init; } = [];

    /// <summary>Profile and compatibility that inspection reports; null where it does not matter.</summary>
    public (int Profile, int Compatibility)? DolbyVision { get; init; }

    /// <summary>Integrated, of the first sound rendition; where it is not said, that of the card's beep wherever it is heard.</summary>
    public double? Lufs { get; init; }

    /// <summary>Channels and loudness of the default track in every group of sound; null where it does not matter.</summary>
    public IReadOnlyList<(int Channels, double Lufs)>? Groups { get; init; }

    /// <summary>The highest that is right, dBTP, of the first sound rendition.</summary>
    public double TruePeak { get; init; } = double.PositiveInfinity;
}

/// <summary>A ladder of another codec, whose top rung shows the same frames as H.264's: of standard range the same colours, else the card's own.</summary>
/// <param name="Codec">As its <c>CODECS</c> begins.</param>
/// <param name="Range">As HLS states it.</param>
/// <param name="Says">Parts of what ffprobe reads in its first frame.</param>
internal sealed record LadderExpected(string Codec, string Range, params IReadOnlyList<string> Says);
