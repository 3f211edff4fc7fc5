using FlickStream.Platform;

namespace FlickStream.Transcoder.Keys.Studio;

/// <summary>Section <c>KeyServer</c>: the studio's DRM key server, which gives the keys of titles that are planned with
/// <c>Planning:Protection=Cbcs</c>. It speaks CPIX 2.3 over SPEKE 2.0.</summary>
internal sealed class KeyServerOptions
{
    public const string Section = "KeyServer";

    /// <summary>Where requests are posted, such as <c>https://keys.example.com/speke/v2.0/copyProtection</c>. Unset: keys are made here and
    /// Origin hands them out.</summary>
    public Uri? Url { get; init; }

    /// <summary>DRM systems whose signalling is asked for, by their DASH-IF ids: <c>edef8ba9-79d6-4ace-a3c8-27dcd51d21ed</c> (Widevine),
    /// <c>9a04f079-9840-4286-ab92-e65be0885f95</c> (PlayReady), <c>94ce86fb-07ff-4f43-adb8-93d2fa968ca2</c> (FairPlay).</summary>
    public IReadOnlyList<Guid> Systems { get; init; } = [];

    /// <summary>Headers sent with each request, such as an API key.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>For basic authentication; empty for none.</summary>
    public string User { get; init; } = "";

    /// <inheritdoc cref="User"/>
    public string Password { get; init; } = "";

    /// <summary>A client certificate in PEM form; empty for none.</summary>
    public string CertificateFile { get; init; } = "";

    /// <summary>Its private key in PEM form without a password; empty: it is in <see cref="CertificateFile"/>.</summary>
    public string CertificateKeyFile { get; init; } = "";

    /// <summary>How long one request may take.</summary>
    [TimeRange("00:00:01", "00:02:00")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);
}
