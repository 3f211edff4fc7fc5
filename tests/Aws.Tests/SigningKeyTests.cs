using System.Security.Cryptography;

namespace FlickStream.Aws.Tests;

public sealed class SigningKeyTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aws-keys-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_key_group_has_the_keys_of_the_settings()
    {
        var keys = new[] { Deployment.RsaKey(), Deployment.EcdsaKey() };
        using var deployment = new Deployment(keys);
        var ids = IdsOf(deployment);
        Assert.Equal(keys, ids.Select(id => TextOf(deployment, id)));
        Assert.Equal(ids, deployment.Only("AWS::CloudFront::KeyGroup")["KeyGroupConfig"]!["Items"]!.AsArray().Select(item => (string)item!["Ref"]!));
    }

    [Fact]
    public void To_rotate_a_key_changes_no_other()
    {
        // CloudFront refuses to change a public key in place, and CloudFormation would try.
        var (first, second) = (Deployment.RsaKey(), Deployment.RsaKey());
        using var before = new Deployment([first]);
        using var between = new Deployment([first, second]);
        using var after = new Deployment([second]);
        var (old, both, renewed) = (IdsOf(before), IdsOf(between), IdsOf(after));
        Assert.Equal([.. old, .. renewed], both);
        Assert.NotEqual(old, renewed);
        Assert.Equal(
            before.Of("AWS::CloudFront::PublicKey")[old[0]].ToJsonString(), between.Of("AWS::CloudFront::PublicKey")[old[0]].ToJsonString());
        Assert.Equal(
            after.Of("AWS::CloudFront::PublicKey")[renewed[0]].ToJsonString(), between.Of("AWS::CloudFront::PublicKey")[renewed[0]].ToJsonString());
    }

    [Fact]
    public void Only_public_halves_of_keys_that_CloudFront_takes_are_accepted()
    {
        using var rsa = RSA.Create(2048);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        foreach (var (pem, why) in new[]
        {
            (rsa.ExportPkcs8PrivateKeyPem(), "holds a private key"), (rsa.ExportRSAPrivateKeyPem(), "holds a private key"),
            (rsa.ExportRSAPublicKeyPem(), "holds a rsa public key"), (Deployment.RsaKey(4096), "4096 bits"),
            (other.ExportSubjectPublicKeyInfoPem(), "neither an RSA key nor an ECDSA key on P-256"), ("ssh-rsa AAAA", "is not in PEM form"),
        })
        {
            var (settings, errors) = SettingsFile.Read(Deployment.WriteSettings(_folder.FullName, [pem]));
            Assert.Null(settings);
            Assert.Contains(why, Assert.Single(errors), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void All_that_is_wrong_with_the_settings_is_said_at_once()
    {
        var key = Deployment.RsaKey();
        var (settings, errors) = SettingsFile.Read(Deployment.WriteSettings(_folder.FullName, [key], s =>
        {
            s["domain"] = "https://play.example.com";
            s["certificateArn"] = "arn:aws:acm:eu-west-1:111122223333:certificate/1";
            s["services"]!["origin"] = "";
            s["cluster"] = "";
            s["pageOrigins"] = new System.Text.Json.Nodes.JsonArray("https://www.example.com/page");
            s["signingKeys"]!.AsArray().Add("absent.pem");
        }));
        Assert.Null(settings);
        foreach (var name in new[] { "domain ", "certificateArn ", "services.origin ", "cluster ", "pageOrigins: ", "signingKeys: absent.pem " })
            Assert.Contains(errors, error => error.StartsWith(name, StringComparison.Ordinal));
        Assert.Equal(6, errors.Count);
    }

    [Theory]
    [InlineData("certifcateArn")]
    [InlineData("secret")]
    public void A_setting_that_does_not_exist_is_refused(string name)
    {
        var (settings, errors) = SettingsFile.Read(Deployment.WriteSettings(_folder.FullName, [Deployment.RsaKey()], s => s[name] = "x"));
        Assert.Null(settings);
        Assert.Contains(name, Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_named_twice_is_refused()
    {
        var key = Deployment.RsaKey();
        Assert.Equal(["signingKeys names a key twice."], SettingsFile.Read(Deployment.WriteSettings(_folder.FullName, [key, key])).Errors);
    }

    private static string[] IdsOf(Deployment deployment) => [.. deployment.Of("AWS::CloudFront::PublicKey").Keys];

    private static string TextOf(Deployment deployment, string id) =>
        (string)deployment.Of("AWS::CloudFront::PublicKey")[id]["PublicKeyConfig"]!["EncodedKey"]!;
}
