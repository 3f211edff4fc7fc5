using FlickStream.Portal.Audit;
using FlickStream.Portal.Reviews.Names;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Reviews.Moderation;

/// <summary>DELETE: takes a profile's public name. What it wrote stays, under none, and it writes no other text until it has chosen another.
/// Nobody is given the name again, or one that looks like it, until <see cref="RemovedNames"/> gives it back.</summary>
internal static class RemoveName
{
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(string profile, NameStore names, AuditLog audit, HttpContext http)
    {
        if (await names.FindAsync(profile, http.RequestAborted) is not { } name) return ReviewProblems.NameNotFound.ToResult();
        await audit.AddAsync(http, "public_name_removed", $"profile:{profile}", name.Value.Name);
        // Another that was chosen in this moment is not the one that was seen.
        return await names.RemoveAsync(name, CancellationToken.None) ? TypedResults.NoContent() : ReviewProblems.NameNotFound.ToResult();
    }
}
