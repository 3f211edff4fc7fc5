using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Amazon.Runtime;
using Amazon.S3;
using FlickStream.Platform.Blobs.S3;

namespace FlickStream.Platform.Tests.Blobs;

public sealed class S3FaultsTests
{
    [Theory]
    [InlineData(500, "InternalError", true)]
    [InlineData(502, "", true)]
    [InlineData(503, "SlowDown", true)]
    [InlineData(503, "ServiceUnavailable", true)]
    [InlineData(504, "", true)]
    [InlineData(408, "", true)]
    [InlineData(429, "TooManyRequests", true)]
    [InlineData(400, "RequestTimeout", true)]
    [InlineData(200, "InternalError", true)]
    [InlineData(409, "ConditionalRequestConflict", true)]
    [InlineData(400, "InvalidArgument", false)]
    [InlineData(401, "", false)]
    [InlineData(403, "AccessDenied", false)]
    [InlineData(403, "SignatureDoesNotMatch", false)]
    [InlineData(403, "QuotaExceeded", false)]
    [InlineData(404, "NoSuchKey", false)]
    [InlineData(409, "BucketAlreadyExists", false)]
    [InlineData(412, "PreconditionFailed", false)]
    [InlineData(416, "InvalidRange", false)]
    [InlineData(501, "NotImplemented", false)]
    [InlineData(507, "XMinioStorageFull", false)]
    public void An_answer_passes_or_does_not(int status, string code, bool passes) =>
        Assert.Equal(passes, S3Faults.IsTransient(Answer(status, code)));

    [Fact]
    public void A_broken_connection_passes()
    {
        foreach (var fault in (Exception[])[new HttpRequestException("", new SocketException(104)), new IOException(), new TimeoutException(), new SocketException(111)])
        {
            Assert.True(S3Faults.IsTransient(fault));
            Assert.True(S3Faults.IsTransient(new AmazonServiceException("", fault)));
        }
    }

    [Fact]
    public void What_no_waiting_mends_does_not_pass()
    {
        Assert.False(S3Faults.IsTransient(new HttpRequestException("", new AuthenticationException())));
        Assert.False(S3Faults.IsTransient(new InvalidOperationException()));
        Assert.False(S3Faults.IsTransient(new AmazonClientException("no credentials")));
        Assert.False(S3Faults.IsTransient(new OperationCanceledException()));
    }

    private static AmazonS3Exception Answer(int status, string code) => new("", ErrorType.Unknown, code, "", (HttpStatusCode)status);
}
