using Amazon.CDK.AWS.CloudFront;
using Constructs;

namespace FlickStream.Aws;

/// <summary>Keeps what is for operators (<c>/metrics</c>, <c>/health</c>) from the world.</summary>
internal static class ServiceGate
{
    // A server undoes dots and percent signs in paths, and compares names without regard to case. None of our routes needs the former, so
    // a path that has them is refused before anything is compared.
    private const string Code =
        """
        function handler(event) {
            var path = event.request.uri;
            var isPlain = /^(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*\/?$/.test(path);
            if (isPlain && !/^\/(metrics|health)(\/|$)/i.test(path)) return event.request;
            return { statusCode: 404, statusDescription: 'Not Found' };
        }
        """;

    public static Function Make(Construct scope) => new(scope, "Gate", new FunctionProps
    {
        Comment = "Refuses paths that are not for viewers",
        Runtime = FunctionRuntime.JS_2_0,
        Code = FunctionCode.FromInline(Code),
    });
}
