namespace FlickStream.Platform.Contracts;

/// <summary>How a title's media are encrypted, at rest and on every way to a player.</summary>
public enum ContentProtection
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Whole segments by AES-128 in CBC mode (RFC 8216, 4.3.2.4): every HLS player; no DASH.</summary>
    Aes128,

    /// <summary>Samples by Common Encryption's <c>cbcs</c> (ISO/IEC 23001-7, 10.4): DASH and HLS, and DRM systems.</summary>
    Cbcs,
}

/// <param name="Scheme">Never <see cref="ContentProtection.None"/>.</param>
/// <param name="KeySegments">Segments a key of <see cref="ContentProtection.Aes128"/> serves; 0 with one key a use.</param>
public sealed record PresentationProtection(ContentProtection Scheme, int KeySegments)
{
    /// <summary>Its keys are a DRM key server's; false in documents of earlier versions.</summary>
    public bool IsLicensed { get; init; }

    /// <summary>Keys of <see cref="ContentProtection.Aes128"/> depend on the revision under which a rendition lies; false in documents of earlier
    /// versions, in which they depend on its name alone.</summary>
    public bool IsKeyedByRevision { get; init; }
}

/// <summary>What a key opens: a viewer who may see no high definition is never given its key.</summary>
public enum KeyUse
{
    Audio,

    /// <summary>Pictures whose smaller side is at most 576 pixels.</summary>
    Sd,

    /// <summary>Above that, to 1080.</summary>
    Hd,

    /// <summary>Above 1080.</summary>
    Uhd,
}

public static class KeyUses
{
    public static KeyUse OfPicture(int width, int height) => Math.Min(width, height) switch
    {
        <= 576 => KeyUse.Sd,
        <= 1080 => KeyUse.Hd,
        _ => KeyUse.Uhd,
    };

    public static KeyUse Of(VideoRendition video) => OfPicture(video.Width, video.Height);
}
