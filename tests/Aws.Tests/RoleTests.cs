using System.Text.Json.Nodes;

namespace FlickStream.Aws.Tests;

public sealed class RoleTests
{
    private static readonly Deployment It = Deployment.Default;

    /// <summary>All that each may do: who changes what a service does finds this table.</summary>
    public static TheoryData<string, string[]> Allowed => new()
    {
        {
            "ingest",
            [
                "s3:AbortMultipartUpload /masters/*", "s3:AbortMultipartUpload /media/*", "s3:AbortMultipartUpload /~partials/masters/*",
                "s3:DeleteObject /masters/*", "s3:DeleteObject /media/*", "s3:DeleteObject /~partials/masters/*",
                "s3:GetObject /masters/*", "s3:GetObject /media/*", "s3:GetObject /none", "s3:GetObject /~partials/masters/*",
                "s3:ListBucket ", "s3:ListBucketMultipartUploads ",
                "s3:ListMultipartUploadParts /masters/*", "s3:ListMultipartUploadParts /~partials/masters/*",
                "s3:PutObject /masters/*", "s3:PutObject /~partials/masters/*",
            ]
        },
        {
            "transcoder",
            [
                "s3:AbortMultipartUpload /media/*", "s3:GetObject /masters/*", "s3:GetObject /media/*", "s3:GetObject /none", "s3:ListBucket ",
                "s3:ListMultipartUploadParts /media/*", "s3:PutObject /media/*",
            ]
        },
        { "origin", ["cloudfront:CreateInvalidation distribution", "s3:GetObject /media/*", "s3:GetObject /none", "s3:ListBucket "] },
        { "portal", ["s3:ListBucket "] },
    };

    [Theory]
    [MemberData(nameof(Allowed), DisableDiscoveryEnumeration = true)]
    public void A_service_may_do_what_its_code_does_and_no_more(string service, string[] allowed)
    {
        var policy = Assert.Single(It.Of("AWS::IAM::Policy").Values, p => (string)p["Roles"]![0]!["Ref"]! == RoleOf(service));
        Assert.Equal(allowed, GrantsOf(policy).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Roles_have_nothing_but_these_policies()
    {
        It.Template.ResourceCountIs("AWS::IAM::Role", 4);
        It.Template.ResourceCountIs("AWS::IAM::Policy", 4);
        Assert.All(It.Of("AWS::IAM::Role").Values, role => Assert.True(role["ManagedPolicyArns"] is null && role["Policies"] is null));
    }

    [Theory]
    [InlineData("ingest")]
    [InlineData("transcoder")]
    [InlineData("origin")]
    [InlineData("portal")]
    public void Only_the_pods_of_a_services_own_account_can_take_its_role(string service)
    {
        var role = RoleOf(service);
        var statement = Assert.Single(It.Of("AWS::IAM::Role")[role]["AssumeRolePolicyDocument"]!["Statement"]!.AsArray())!;
        Assert.Equal("""{"Service":"pods.eks.amazonaws.com"}""", statement["Principal"]!.ToJsonString());
        Assert.Equal(
            "{\"StringEquals\":{\"aws:SourceAccount\":{\"Ref\":\"AWS::AccountId\"},\"aws:RequestTag/eks-cluster-name\":\"flickstream\","
            + $"\"aws:RequestTag/kubernetes-namespace\":\"flickstream\",\"aws:RequestTag/kubernetes-service-account\":\"{service}\"}}}}",
            statement["Condition"]!.ToJsonString());
        Assert.Equal(["sts:AssumeRole", "sts:TagSession"], statement["Action"]!.AsArray().Select(action => (string)action!));

        var pods = It.Of("AWS::EKS::PodIdentityAssociation").Values.Single(a => (string)a["ServiceAccount"]! == service);
        Assert.Equal(("flickstream", "flickstream"), ((string)pods["ClusterName"]!, (string)pods["Namespace"]!));
        Assert.Equal(role, (string)pods["RoleArn"]!["Fn::GetAtt"]![0]!);
    }

    private static string RoleOf(string service) =>
        It.Of("AWS::IAM::Role").Single(role => (string)role.Value["Description"]! == $"FlickStream {service}").Key;

    private static IEnumerable<string> GrantsOf(JsonObject policy)
    {
        foreach (var statement in policy["PolicyDocument"]!["Statement"]!.AsArray())
        {
            Assert.Equal("Allow", (string)statement!["Effect"]!);
            foreach (var action in Many(statement["Action"]!))
            {
                foreach (var resource in Many(statement["Resource"]!)) yield return $"{(string)action!} {NameOf(resource)}";
            }
        }
    }

    private static IEnumerable<JsonNode> Many(JsonNode node) => node is JsonArray array ? array.Select(item => item!) : [node];

    /// <summary>A folder of the bucket, nothing for the bucket itself, or the distribution; anything else as it stands, which no expectation equals.</summary>
    private static string NameOf(JsonNode resource)
    {
        var parts = (resource["Fn::Join"]?[1]?.AsArray() ?? [resource.DeepClone()]).Select(part => part!.ToJsonString()).ToList();
        var bucket = $"{{\"Fn::GetAtt\":[\"{It.IdOf("AWS::S3::Bucket", "StorageBlobs")}\",\"Arn\"]}}";
        if (parts[0] == bucket) return string.Concat(parts.Skip(1).Select(part => part.Trim('"')));
        var distribution = $"{{\"Ref\":\"{It.Of("AWS::CloudFront::Distribution").Keys.Single()}\"}}";
        return string.Concat(parts) == $"\"arn:\"{{\"Ref\":\"AWS::Partition\"}}\":cloudfront::\"{{\"Ref\":\"AWS::AccountId\"}}\":distribution/\"{distribution}"
            ? "distribution" : resource.ToJsonString();
    }
}
