using System.Diagnostics;
using System.Text.Json;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Leases;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FlickStream.Platform.Http;

/// <summary>The one place that exceptions of requests reach. A surprise is logged with an id, and the caller sees only the id.</summary>
internal sealed class ProblemExceptionHandler(ILogger<ProblemExceptionHandler> log) : IExceptionHandler
{
    private const int ClientClosedRequest = 499;

    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = ClientClosedRequest; // Nobody reads it, but the metrics tell it from a failure.
            return true;
        }

        var result = exception switch
        {
            BadHttpRequestException e => HttpProblems.ByStatus.GetValueOrDefault(e.StatusCode, HttpProblems.BadRequest).ToResult(Words(e)),
            InvalidCursorException => HttpProblems.BadCursor.ToResult(),
            LimitsUnavailableException => HttpProblems.LimitsUnavailable.ToResult(),
            _ => Logged(exception, FaultProblems.Of(exception)),
        };
        await result.ExecuteAsync(context);
        return true;

        IResult Logged(Exception cause, Problems.Problem problem)
        {
            var id = Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
            log.LogError(cause, "Request failed with {Code}, id {ErrorId}", problem.Code, id);
            return TypedResults.Problem(
                statusCode: problem.Status, title: problem.Sentence, extensions: [new("code", problem.Code), new("id", id)]);
        }
    }

    /// <summary>The framework's words, but where they speak to the programmer of the server instead of the caller's.</summary>
    private static string Words(BadHttpRequestException error) => error switch
    {
        { InnerException: JsonException json } => $"The JSON does not fit at {json.Path ?? "$"}.",
        _ when error.Message.StartsWith("Implicit body", StringComparison.Ordinal) => "Send a body of JSON.",
        _ => error.Message,
    };
}
