using FlickStream.Platform.Audit;

namespace FlickStream.Ingest.Uploads;

/// <summary>tus 1.0.0, <c>X-HTTP-Method-Override</c>: POST that stands for a method which the client's network does not let through.</summary>
internal static class OverrideMethod
{
    public static Task<IResult> Handle(
        string id, HttpContext http, AppendUpload append, TerminateUpload terminate, FindUpload find, UploadWriters writers, CompleteUpload complete,
        AuditTrail audit) =>
        http.Request.Headers[Tus.MethodOverrideHeader].ToString() switch
        {
            "PATCH" => AppendUpload.Handle(id, http, append),
            "DELETE" => TerminateUpload.Handle(id, http, terminate, audit),
            "HEAD" => HeadUpload.Handle(id, http, find, writers, complete),
            _ => Task.FromResult<IResult>(UploadProblems.MethodUnsupported.ToResult()),
        };
}
