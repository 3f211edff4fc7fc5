using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Options;

namespace FlickStream.Transcoder.Keys.Studio;

/// <summary>The HTTP client that speaks to the key server: bounded, without redirects, with what it is to identify itself by.</summary>
internal static class KeyServerClient
{
    /// <summary>Its name.</summary>
    public const string Name = "key-server";

    // Ten keys for three systems take about 30 KB.
    private const int LongestAnswer = 1 << 20;

    public static void AddKeyServerClient(this IServiceCollection services) => services
        .AddHttpClient(Name)
        .ConfigureHttpClient((provider, client) => Configure(client, provider.GetRequiredService<IOptions<KeyServerOptions>>().Value))
        .ConfigurePrimaryHttpMessageHandler(provider => Handler(provider.GetRequiredService<IOptions<KeyServerOptions>>().Value))
        // Its log lists request headers, which authenticate.
        .RemoveAllLoggers();

    public static X509Certificate2 LoadCertificate(KeyServerOptions options) => X509Certificate2.CreateFromPemFile(
        options.CertificateFile, options.CertificateKeyFile.Length == 0 ? null : options.CertificateKeyFile);

    private static void Configure(HttpClient client, KeyServerOptions options)
    {
        client.Timeout = options.Timeout;
        client.MaxResponseContentBufferSize = LongestAnswer;
        foreach (var (header, value) in options.Headers) client.DefaultRequestHeaders.TryAddWithoutValidation(header, value);
        if (options.User.Length == 0) return;
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.User}:{options.Password}"));
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", credentials);
    }

    private static SocketsHttpHandler Handler(KeyServerOptions options)
    {
        // A redirect would send keys' names and our credentials to where nobody configured.
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        if (options.CertificateFile.Length > 0) handler.SslOptions.ClientCertificates = [LoadCertificate(options)];
        return handler;
    }
}
