using Amazon.Runtime;
using FlickStream.Platform.Delivery;
using FlickStream.Tests.CloudFront;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace FlickStream.Platform.Tests.Delivery;

/// <summary>Delivery as a service sets it up from its options, with a clock that the test moves.</summary>
internal sealed class CloudFrontHost : IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly IHost _host;

    /// <param name="keys">The last one signs.</param>
    /// <param name="settings">Of the section <c>Delivery:CloudFront</c>, beside those that it cannot do without.</param>
    public CloudFrontHost(IReadOnlyList<SigningKey> keys, params (string Name, string Value)[] settings)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration["Delivery:Adapter"] = "CloudFront";
        Set("BaseUrl", "https://media.example.com");
        Set("DistributionId", "E2QWRUHAPOMQZL");
        for (var i = 0; i < keys.Count; i++)
        {
            Set($"Keys:{i}:KeyPairId", keys[i].KeyPairId);
            Set($"Keys:{i}:PrivateKeyFile", keys[i].File);
        }

        foreach (var (name, value) in settings) Set(name, value);
        builder.Services.AddSingleton<TimeProvider>(Time);
        var credentials = InvalidationApi.Credentials;
        builder.Services.AddSingleton<AWSCredentials>(new SessionAWSCredentials(
            credentials["AWS_ACCESS_KEY_ID"], credentials["AWS_SECRET_ACCESS_KEY"], credentials["AWS_SESSION_TOKEN"]));
        builder.Services.AddDelivery();
        _host = builder.Build();

        void Set(string name, string value) => builder.Configuration[$"Delivery:CloudFront:{name}"] = value;
    }

    public FakeTimeProvider Time { get; } = new(Start);

    public IDelivery Delivery => _host.Services.GetRequiredService<IDelivery>();

    public Task StartAsync() => _host.StartAsync(TestContext.Current.CancellationToken);

    public void Dispose() => _host.Dispose();
}
