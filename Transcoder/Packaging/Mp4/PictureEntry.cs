namespace FlickStream.Transcoder.Packaging.Mp4;

/// <summary>A sample entry of pictures.</summary>
/// <param name="Type">Of the box: four characters.</param>
/// <param name="Codecs">RFC 6381, from the bitstream's own headers.</param>
/// <param name="Fields">What the entry holds besides.</param>
internal abstract record PictureEntry(string Type, string Codecs, PictureFields Fields) : SampleEntry(Codecs)
{
    /// <summary>The entry, made to say what the first sample of the track proves it should.</summary>
    public virtual PictureEntry CorrectedBy(ReadOnlySpan<byte> firstSample) => this;

    /// <summary>What a sample shows; one that does not parse rejects the chunk.</summary>
    public abstract Pictures PicturesOf(ReadOnlySpan<byte> sample);
}

/// <summary>What kinds of pictures a sample holds.</summary>
[Flags]
internal enum Pictures
{
    None = 0,

    /// <summary>A decoder can begin here, and nothing after it needs anything before it.</summary>
    Key = 1,

    /// <summary>Needs others of its GOP.</summary>
    Inner = 2,

    /// <summary>May need others of the GOP before.</summary>
    Open = 4,
}
