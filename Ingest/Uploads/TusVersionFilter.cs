namespace FlickStream.Ingest.Uploads;

/// <summary>tus 1.0.0, "Tus-Resumable": in every request and answer but those of OPTIONS; another version is refused before
/// anything is processed.</summary>
internal sealed class TusVersionFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        http.Response.Headers[Tus.ResumableHeader] = Tus.Version;
        if (HttpMethods.IsOptions(http.Request.Method) || http.Request.Headers[Tus.ResumableHeader] == Tus.Version)
            return await next(context);

        http.Response.Headers[Tus.VersionHeader] = Tus.Version;
        return UploadProblems.VersionUnsupported.ToResult();
    }
}
