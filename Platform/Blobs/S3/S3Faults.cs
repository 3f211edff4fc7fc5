using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Amazon.Runtime;

namespace FlickStream.Platform.Blobs.S3;

/// <summary>What an answer or a broken connection means.</summary>
internal static class S3Faults
{
    // Some come with odd statuses: a request that stalls is 400 RequestTimeout, a completion may fail after its 200 went out.
    private static readonly HashSet<string> PassingCodes = new(StringComparer.Ordinal)
    {
        "InternalError", "ServiceUnavailable", "SlowDown", "SlowDownRead", "SlowDownWrite", "Throttling", "ThrottlingException",
        "RequestTimeout", "RequestTimeoutException", "TooManyRequests", "OperationAborted", "ConditionalRequestConflict", "BusyResource",
    };

    private static readonly HashSet<string> FullCodes = new(StringComparer.Ordinal)
    {
        "QuotaExceeded", "StorageFull", "InsufficientStorage", "XMinioStorageFull", "XMinioAdminBucketQuotaExceeded",
    };

    /// <summary>Whether the same request may go well a moment later.</summary>
    public static bool IsTransient(Exception fault) => fault switch
    {
        _ when IsFull(fault) => false,
        AmazonServiceException { ErrorCode: { } code } when PassingCodes.Contains(code) => true,
        AmazonServiceException { StatusCode: HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.InternalServerError
            or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout } => true,
        AmazonServiceException { StatusCode: not 0 } => false,
        HttpRequestException { InnerException: AuthenticationException } => false,
        HttpRequestException or IOException or SocketException or TimeoutException => true,
        AmazonServiceException { InnerException: { } cause } => IsTransient(cause),
        AmazonClientException { InnerException: { } cause } => IsTransient(cause),
        _ => false,
    };

    /// <summary>Told by the service, the SDK or the connection, and not by a mistake of ours.</summary>
    public static bool IsOfStorage(Exception fault) =>
        fault is AmazonServiceException or AmazonClientException or HttpRequestException or IOException or SocketException or TimeoutException;

    public static bool IsFull(Exception fault) => fault is AmazonServiceException answer
        && (answer.StatusCode == HttpStatusCode.InsufficientStorage || FullCodes.Contains(answer.ErrorCode ?? ""));

    /// <summary>No such key, or no such upload.</summary>
    public static bool IsAbsent(Exception fault) => Status(fault) == HttpStatusCode.NotFound;

    /// <summary>The key is taken, or the blob is another one than before.</summary>
    public static bool IsRefusedCondition(Exception fault) => Status(fault) == HttpStatusCode.PreconditionFailed;

    /// <summary>The range begins at the blob's end or after it.</summary>
    public static bool IsBeyondEnd(Exception fault) => Status(fault) == HttpStatusCode.RequestedRangeNotSatisfiable;

    /// <summary>An answer that callers ask for: nothing is broken.</summary>
    public static bool IsProtocol(Exception fault) => IsAbsent(fault) || IsRefusedCondition(fault) || IsBeyondEnd(fault);

    /// <summary>A short account for people, such as <c>503 SlowDown (Please reduce your request rate.)</c>.</summary>
    public static string Describe(Exception fault) => fault is AmazonServiceException { StatusCode: not 0 } answer
        ? $"{(int)answer.StatusCode} {answer.ErrorCode} ({answer.Message})" : fault.GetBaseException().Message;

    private static HttpStatusCode Status(Exception fault) => (fault as AmazonServiceException)?.StatusCode ?? 0;
}
