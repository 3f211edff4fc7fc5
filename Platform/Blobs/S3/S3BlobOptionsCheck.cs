using System.Text.RegularExpressions;

namespace FlickStream.Platform.Blobs.S3;

/// <summary>What is wrong with the options that no range tells, as sentences that name them.</summary>
internal static partial class S3BlobOptionsCheck
{
    // Leaves room for a key of 512 and what stands around it in S3's 1,024 bytes.
    private const int MaxPrefix = 128;

    public static IEnumerable<string> ErrorsOf(S3BlobOptions options)
    {
        if (!BucketName().IsMatch(options.Bucket))
            yield return "Platform:S3:Bucket is not the name of a bucket (3 to 255 letters, digits, dots, hyphens); Platform:Blobs=S3 needs one.";
        if (options.KeyPrefix.Length > 0 && !(options.KeyPrefix.EndsWith('/') && BlobKey.IsValid(options.KeyPrefix[..^1])))
            yield return "Platform:S3:KeyPrefix does not end with a slash or has characters that keys cannot have.";
        if (options.KeyPrefix.Length > MaxPrefix) yield return $"Platform:S3:KeyPrefix has more than {MaxPrefix} characters.";
        if (options.Endpoint is { } endpoint && !IsAddress(endpoint))
            yield return $"Platform:S3:Endpoint is {endpoint}, which is no address like https://s3.example.org.";
        if (string.IsNullOrEmpty(options.AccessKey) != string.IsNullOrEmpty(options.SecretKey))
            yield return "Of Platform:S3:AccessKey and Platform:S3:SecretKey only one is set; set both, or none to use the SDK's chain.";
    }

    private static bool IsAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps) && uri.PathAndQuery == "/" && uri.UserInfo.Length == 0;

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{2,254}$")]
    private static partial Regex BucketName();
}
