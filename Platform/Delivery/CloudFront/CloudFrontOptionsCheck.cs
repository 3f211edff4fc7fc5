using Microsoft.Extensions.Options;

namespace FlickStream.Platform.Delivery.CloudFront;

/// <summary>Says everything that is wrong at once, in words that name the option.</summary>
internal sealed class CloudFrontOptionsCheck(IOptions<DeliveryOptions> delivery) : IValidateOptions<CloudFrontOptions>
{
    public ValidateOptionsResult Validate(string? name, CloudFrontOptions options)
    {
        if (delivery.Value.Adapter != DeliveryAdapter.CloudFront) return ValidateOptionsResult.Skip;
        var errors = new List<string>();
        if (CloudFrontUrl.WhyNot(options.BaseUrl) is { } fault) Add("BaseUrl", $"{fault}.");
        if (!IsId(options.DistributionId)) Add("DistributionId", "is not a distribution's id; it is letters and digits, such as E2QWRUHAPOMQZL.");
        if (options.Keys.Count == 0) Add("Keys", "names no key; set Keys:0:KeyPairId and Keys:0:PrivateKeyFile.");
        for (var i = 0; i < options.Keys.Count; i++) CheckKey(options.Keys[i], $"Keys:{i}");
        if (options.Keys.DistinctBy(key => key.KeyPairId).Count() < options.Keys.Count) Add("Keys", "names a key twice.");
        if (!options.SignUrls && !options.SetCookies) Add("SignUrls", "and SetCookies are both false, so nobody could play; set one of them.");
        if (options.CookieDomain is { } domain && !Covers(domain, options.BaseUrl))
            Add("CookieDomain", $"is {domain}, which is not the host of BaseUrl or a domain above it; browsers would send no cookie.");
        if (options.ApiUrl is not { IsAbsoluteUri: true } || (options.ApiUrl.Scheme != "https" && !options.ApiUrl.IsLoopback))
            Add("ApiUrl", "does not begin with https://.");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);

        void Add(string option, string sentence) => errors.Add($"{CloudFrontOptions.Section}:{option} {sentence}");

        void CheckKey(CloudFrontKeyOptions key, string option)
        {
            if (!IsId(key.KeyPairId)) Add($"{option}:KeyPairId", "is not a public key's id; it is letters and digits, such as K2JCJMDEHXQW5F.");
            try
            {
                CloudFrontKey.Load(key.KeyPairId, key.PrivateKeyFile).Dispose();
            }
            catch (CloudFrontKeyException e)
            {
                Add($"{option}:PrivateKeyFile", $"({key.PrivateKeyFile}) {e.Message}.");
            }
        }
    }

    private static bool IsId(string? text) => text is { Length: > 0 and <= 64 } && text.All(char.IsAsciiLetterOrDigit);

    private static bool Covers(string domain, Uri? baseUrl) =>
        baseUrl is { IsAbsoluteUri: true }
        && $".{baseUrl.IdnHost}".EndsWith($".{domain.TrimStart('.')}", StringComparison.OrdinalIgnoreCase);
}
