using Microsoft.AspNetCore.Builder;

namespace FlickStream.Platform.Http;

/// <summary>The body is a file, which the handler reads whatever type it is declared as.</summary>
/// <param name="ContentTypes">That are understood.</param>
public sealed record FileBody(IReadOnlyList<string> ContentTypes);

/// <summary>The handler reads If-Match.</summary>
/// <param name="IsNeeded">Whether it refuses who sends none.</param>
public sealed record IfMatchHeader(bool IsNeeded);

/// <summary>What handlers read by themselves, for the document that clients are generated from.</summary>
public static class DocumentedRequests
{
    /// <param name="route">The route.</param>
    /// <param name="contentTypes">That are understood.</param>
    public static RouteHandlerBuilder TakesFile(this RouteHandlerBuilder route, params string[] contentTypes) => route.WithMetadata(new FileBody(contentTypes));

    /// <param name="route">The route.</param>
    /// <param name="isNeeded">Whether it is refused without.</param>
    public static RouteHandlerBuilder TakesIfMatch(this RouteHandlerBuilder route, bool isNeeded = true) => route.WithMetadata(new IfMatchHeader(isNeeded));
}
