using System.Text.Json.Nodes;
using Amazon.CDK.Assertions;
using FlickStream.Ingest.Uploads;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Health;

namespace FlickStream.Aws.Tests;

public sealed class StorageTests
{
    private static readonly Deployment It = Deployment.Default;

    private static JsonArray Statements => It.Only("AWS::S3::BucketPolicy")["PolicyDocument"]!["Statement"]!.AsArray();

    [Fact]
    public void The_bucket_is_closed_encrypted_and_kept()
    {
        It.Template.ResourceCountIs("AWS::S3::Bucket", 1);
        It.Template.HasResource("AWS::S3::Bucket", new Dictionary<string, object>
        {
            ["DeletionPolicy"] = "Retain",
            ["UpdateReplacePolicy"] = "Retain",
            ["Properties"] = new Dictionary<string, object>
            {
                ["PublicAccessBlockConfiguration"] = new Dictionary<string, object>
                {
                    ["BlockPublicAcls"] = true, ["BlockPublicPolicy"] = true, ["IgnorePublicAcls"] = true, ["RestrictPublicBuckets"] = true,
                },
                ["OwnershipControls"] = new Dictionary<string, object>
                {
                    ["Rules"] = new object[] { new Dictionary<string, object> { ["ObjectOwnership"] = "BucketOwnerEnforced" } },
                },
                ["BucketEncryption"] = Match.AnyValue(),
                ["VersioningConfiguration"] = Match.Absent(),
            },
        });
    }

    [Fact]
    public void It_refuses_whoever_comes_without_TLS_or_with_an_old_one()
    {
        var denials = Statements.Where(s => (string)s!["Effect"]! == "Deny" && s["Sid"] is null).ToList();
        Assert.Equal(
            ["""{"Bool":{"aws:SecureTransport":"false"}}""", """{"NumericLessThan":{"s3:TlsVersion":1.2}}"""],
            denials.Select(denial => denial!["Condition"]!.ToJsonString()).Order());
        Assert.All(denials, denial => Assert.Equal(("s3:*", "*"), ((string)denial!["Action"]!, (string)denial["Principal"]!["AWS"]!)));
        Assert.All(denials, denial => Assert.Equal(2, denial!["Resource"]!.AsArray().Count));
    }

    [Fact]
    public void It_lets_in_our_distribution_only_and_only_to_read_media()
    {
        var allowed = Assert.Single(Statements, s => (string)s!["Effect"]! == "Allow")!;
        Assert.Equal("s3:GetObject", (string)allowed["Action"]!);
        Assert.Equal("""{"Service":"cloudfront.amazonaws.com"}""", allowed["Principal"]!.ToJsonString());
        var distribution = It.Of("AWS::CloudFront::Distribution").Keys.Single();
        Assert.Contains($"\"Ref\":\"{distribution}\"", allowed["Condition"]!["StringEquals"]!["AWS:SourceArn"]!.ToJsonString(), StringComparison.Ordinal);

        var denied = Assert.Single(Statements, s => (string?)s!["Sid"] == "MediaOnly")!;
        Assert.Equal(("Deny", "s3:*"), ((string)denied["Effect"]!, (string)denied["Action"]!));
        Assert.Equal("""{"Service":"cloudfront.amazonaws.com"}""", denied["Principal"]!.ToJsonString());
        Assert.Null(denied["Condition"]);
        Assert.Equal("/media/*", (string)denied["NotResource"]!["Fn::Join"]![1]![1]!);
    }

    [Fact]
    public void What_is_abandoned_goes_and_no_live_upload_or_blob_does()
    {
        var rules = It.Only("AWS::S3::Bucket")["LifecycleConfiguration"]!["Rules"]!.AsArray().ToDictionary(rule => (string)rule!["Prefix"]!, rule => rule!);
        Assert.Equal(["masters/", "media/", "~partials/"], rules.Keys.Order(StringComparer.Ordinal));
        Assert.All(rules.Values, rule => Assert.Equal("Enabled", (string)rule["Status"]!));

        var upload = (int)rules["masters/"]["AbortIncompleteMultipartUpload"]!["DaysAfterInitiation"]!;
        Assert.True(upload > new UploadOptions().UnfinishedLifetime.TotalDays);
        Assert.Equal(upload, (int)rules["~partials/"]["ExpirationInDays"]!);
        Assert.Equal(1, (int)rules["media/"]["AbortIncompleteMultipartUpload"]!["DaysAfterInitiation"]!);
        foreach (var folder in new[] { "masters/", "media/" }) Assert.Null(rules[folder]["ExpirationInDays"]);
    }

    [Fact]
    public void What_is_deleted_is_kept_as_long_as_the_settings_say()
    {
        using var keeping = new Deployment([Deployment.RsaKey()], settings => settings["keepDeletedDays"] = 30);
        var bucket = keeping.Only("AWS::S3::Bucket");
        Assert.Equal("Enabled", (string)bucket["VersioningConfiguration"]!["Status"]!);
        var days = bucket["LifecycleConfiguration"]!["Rules"]!.AsArray()
            .Select(rule => ((string)rule!["Prefix"]!, (int)rule["NoncurrentVersionExpiration"]!["NoncurrentDays"]!));
        Assert.Equal([("masters/", 30), ("media/", 30), ("~partials/", 1)], days.Order());
    }

    [Fact]
    public void Keys_are_those_of_the_services()
    {
        Assert.StartsWith(Storage.MediaFolder, Presentation.Folder("a", "r"), StringComparison.Ordinal);
        Assert.Equal(BlobsHealth.AbsentKey, Storage.AbsentKey);
        Assert.StartsWith(Storage.MastersFolder, Upload.MasterKeyOf("u"), StringComparison.Ordinal);
    }
}
