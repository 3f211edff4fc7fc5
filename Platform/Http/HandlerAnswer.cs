using Microsoft.AspNetCore.Http;

namespace FlickStream.Platform.Http;

/// <summary>What handlers answer, for filters that look at it.</summary>
public static class HandlerAnswer
{
    /// <summary>The one that was chosen of the answers that a handler declares.</summary>
    public static object? Chosen(object? answer) => answer is INestedHttpResult nested ? nested.Result : answer;
}
