using System.Security.Cryptography;
using Amazon.Runtime;
using FlickStream.Platform.Delivery;
using FlickStream.Platform.Delivery.CloudFront;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace FlickStream.Aws.Tests;

/// <summary>What the stack tells the services is what they ask for.</summary>
public sealed class OptionOutputTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_service_with_the_outputs_as_its_environment_signs_for_this_distribution()
    {
        var folder = Directory.CreateTempSubdirectory("aws-outputs-");
        using var rsa = RSA.Create(2048);
        var file = Path.Combine(folder.FullName, "key.pem");
        await File.WriteAllTextAsync(file, rsa.ExportPkcs8PrivateKeyPem(), Ct);
        using var deployment = new Deployment([Deployment.EcdsaKey(), rsa.ExportSubjectPublicKeyInfoPem()]);

        var builder = Host.CreateEmptyApplicationBuilder(null);
        foreach (var (option, value) in OutputsOf(deployment)) builder.Configuration[option.Replace("__", ":", StringComparison.Ordinal)] = value;

        // Where the private keys lie is the one thing that the stack does not know.
        builder.Configuration["Delivery:CloudFront:Keys:0:PrivateKeyFile"] = file;
        builder.Configuration["Delivery:CloudFront:Keys:1:PrivateKeyFile"] = file;
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<AWSCredentials>(new BasicAWSCredentials("a", "b"));
        builder.Services.AddDelivery();
        using var host = builder.Build();
        await host.StartAsync(Ct);

        var address = await host.Services.GetRequiredService<IDelivery>().AddressAsync(
            new DeliveryScope("a", DateTimeOffset.MaxValue, [new("r", "")]), Ct);
        Assert.Equal("https://play.example.com/media/a/", address.Root);
        var options = host.Services.GetRequiredService<IOptions<CloudFrontOptions>>().Value;
        Assert.Equal(ValueOf(deployment.Of("AWS::CloudFront::Distribution").Keys.Single()), options.DistributionId);
        Assert.Equal(deployment.Of("AWS::CloudFront::PublicKey").Keys.Select(ValueOf), options.Keys.Select(key => key.KeyPairId));
        folder.Delete(recursive: true);
    }

    [Fact]
    public void Addresses_of_manifests_begin_with_the_domain()
    {
        var options = new ConfigurationBuilder()
            .AddInMemoryCollection(OutputsOf(Deployment.Default).Select(o => KeyValuePair.Create(o.Option.Replace("__", ":", StringComparison.Ordinal), (string?)o.Value)))
            .Build().GetSection("Origin").Get<FlickStream.Origin.OriginOptions>()!;
        Assert.Equal(new Uri("https://play.example.com"), options.PublicUrl);
    }

    [Fact]
    public void There_is_no_secret_in_it()
    {
        Assert.DoesNotContain("PRIVATE", Deployment.Default.Json.ToJsonString(), StringComparison.OrdinalIgnoreCase);
        foreach (var type in new[] { "AWS::IAM::User", "AWS::IAM::AccessKey", "AWS::SecretsManager::Secret" })
            Deployment.Default.Template.ResourceCountIs(type, 0);
    }

    private static IEnumerable<(string Option, string Value)> OutputsOf(Deployment deployment) =>
        from output in deployment.Json["Outputs"]!.AsObject()
        where output.Value!["Description"] is not null
        select ((string)output.Value!["Description"]!, output.Value["Value"] is { } value && value.GetValueKind() == System.Text.Json.JsonValueKind.String
            ? (string)value! : ValueOf((string)(output.Value["Value"]!["Ref"] ?? output.Value["Value"]!["Fn::GetAtt"]![0])!));

    /// <summary>What AWS puts in a reference's place: an id of letters and digits.</summary>
    private static string ValueOf(string logicalId) => logicalId.Replace("::", "", StringComparison.Ordinal);
}
