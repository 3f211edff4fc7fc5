namespace FlickStream.Platform.Contracts;

public enum VideoCodec
{
    H264,
    Hevc,
    Av1,
}

/// <summary>How code values stand for light.</summary>
public enum VideoRange
{
    Sdr,

    /// <summary>SMPTE ST 2084 in BT.2020: HDR10.</summary>
    Pq,

    /// <summary>ARIB STD-B67 in BT.2020.</summary>
    Hlg,
}
