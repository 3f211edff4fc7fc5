using System.Text.Json;
using System.Text.Json.Serialization;

namespace FlickStream.Aws;

/// <summary>Reads the settings and says everything that is wrong with them at once.</summary>
internal static class SettingsFile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        ReadCommentHandling = JsonCommentHandling.Skip,
    };

    /// <returns>The settings, with the keys' texts in place of their files' names; or null and what is wrong, in sentences.</returns>
    public static (StackSettings? Settings, IReadOnlyList<string> Errors) Read(string path)
    {
        StackSettings settings;
        try
        {
            settings = JsonSerializer.Deserialize<StackSettings>(File.ReadAllText(path), Json) ?? new StackSettings();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            return (null, [$"{path} cannot be read: {fault.Message} Copy settings.example.json, and name it with -c settings=FILE."]);
        }

        var errors = ErrorsOf(settings).ToList();
        var keys = new List<string>();
        foreach (var file in settings.SigningKeys)
        {
            try
            {
                var pem = File.ReadAllText(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, file));
                if (SigningKeys.WhyNot(pem) is { } fault) errors.Add($"signingKeys: {file} {fault}.");
                keys.Add(pem);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                errors.Add($"signingKeys: {file} cannot be read: {fault.Message}");
            }
        }

        if (errors.Count == 0 && keys.Select(SigningKeys.FingerprintOf).Distinct().Count() < keys.Count) errors.Add("signingKeys names a key twice.");
        return errors.Count == 0 ? (settings with { SigningKeys = keys }, []) : (null, errors);
    }

    private static IEnumerable<string> ErrorsOf(StackSettings settings)
    {
        if (!IsHost(settings.Domain)) yield return "domain is not the name of a host, such as play.example.com.";
        if (!settings.CertificateArn.StartsWith("arn:aws:acm:us-east-1:", StringComparison.Ordinal))
            yield return "certificateArn does not begin with arn:aws:acm:us-east-1:, and CloudFront takes certificates from that region only.";
        if (settings.SigningKeys.Count == 0) yield return "signingKeys names no file with a public key.";
        if (settings.Cluster.Length == 0) yield return "cluster does not name the EKS cluster that the services run in.";
        if (settings.Namespace.Length == 0) yield return "namespace is empty.";
        if (settings.KeepDeletedDays < 1) yield return "keepDeletedDays is less than 1; leave it out to keep nothing.";
        foreach (var (name, host) in HostsOf(settings.Services))
        {
            if (!IsHost(host)) yield return $"services.{name} is not the name of a host, such as {name}.internal.example.com.";

            // CloudFront would ask itself.
            else if (host.Equals(settings.Domain, StringComparison.OrdinalIgnoreCase)) yield return $"services.{name} is the domain itself.";
        }

        foreach (var origin in settings.PageOrigins)
        {
            if (!Uri.TryCreate(origin, UriKind.Absolute, out var uri) || uri.GetLeftPart(UriPartial.Authority) != origin)
                yield return $"pageOrigins: {origin} is not an origin, such as https://www.example.com.";
        }
    }

    private static (string Name, string Host)[] HostsOf(ServiceHosts services) =>
    [
        ("ingest", services.Ingest), ("transcoder", services.Transcoder), ("origin", services.Origin), ("portal", services.Portal),
    ];

    private static bool IsHost(string text) => text.Contains('.', StringComparison.Ordinal) && Uri.CheckHostName(text) == UriHostNameType.Dns;
}
