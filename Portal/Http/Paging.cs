using FlickStream.Platform.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Http;

/// <summary>How lists of the portal page: <c>limit</c> and <c>after</c>, answered with <c>items</c> and <c>next</c>.</summary>
internal static class Paging
{
    public const int Usual = 50;
    private const int Most = 200;

    public static readonly Problem LimitInvalid = new("limit_invalid", 400, $"Use a limit of 1 to {Most}.");

    public static ProblemHttpResult? Refuse(int limit) => limit is < 1 or > Most ? LimitInvalid.ToResult() : null;
}
