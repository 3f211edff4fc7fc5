using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace FlickStream.Transcoder.Keys.Studio;

/// <summary>Says everything that is wrong at once, in words that name the option.</summary>
internal sealed class KeyServerOptionsCheck : IValidateOptions<KeyServerOptions>
{
    public ValidateOptionsResult Validate(string? name, KeyServerOptions options)
    {
        if (options.Url is null) return ValidateOptionsResult.Skip;
        var errors = new List<string>();
        if (!options.Url.IsAbsoluteUri || (options.Url.Scheme != "https" && !(options.Url.Scheme == "http" && options.Url.IsLoopback)))
            Add("Url", "does not begin with https://; content keys would travel in the clear.");
        if (options.Url.IsAbsoluteUri && options.Url is not { UserInfo: "", Query: "", Fragment: "" })
            Add("Url", "holds a user, a query or a fragment, and secrets do not belong there; use User and Password, or Headers.");
        if (options.Systems.Count == 0) Add("Systems", "names no DRM system; players would get no licence. Set Systems:0 to a system's id.");
        if (options.Systems.Distinct().Count() < options.Systems.Count) Add("Systems", "names a system twice.");
        if (options.User.Length == 0 && options.Password.Length > 0) Add("Password", "is set without User.");
        if (options.User.Contains(':', StringComparison.Ordinal)) Add("User", "holds a colon, which basic authentication cannot send.");
        foreach (var (header, value) in options.Headers)
        {
            using var request = new HttpRequestMessage();
            if (!request.Headers.TryAddWithoutValidation(header, value)) Add($"Headers:{header}", "is not a request header's name.");
        }

        CheckCertificate();
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);

        void Add(string option, string sentence) => errors.Add($"{KeyServerOptions.Section}:{option} {sentence}");

        void CheckCertificate()
        {
            if (options.CertificateFile.Length == 0) return;
            try
            {
                KeyServerClient.LoadCertificate(options).Dispose();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
            {
                Add("CertificateFile", $"({options.CertificateFile}) cannot be used: {e.Message}");
            }
        }
    }
}
