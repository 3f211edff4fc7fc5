using System.Globalization;
using System.Text.RegularExpressions;
using FlickStream.Portal.Audit;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Recommendations.Site.Experiments;

/// <param name="Name">1..40 lower-case letters, digits and hyphens; a changed experiment is another one.</param>
/// <param name="Variants">2..8; the first is what the others are compared with.</param>
internal sealed record ExperimentRequest(string? Name, IReadOnlyList<Variant?>? Variants);

/// <param name="Experiment">Null while nothing is compared.</param>
internal sealed record ExperimentAnswer(Experiment? Experiment);

internal static partial class EditExperiment
{
    private const int Fewest = 2, Most = 8;

    public static async Task<Ok<ExperimentAnswer>> ShowAsync(ExperimentStore experiments, CancellationToken cancellationToken) =>
        TypedResults.Ok(new ExperimentAnswer(await experiments.ReadAsync(cancellationToken)));

    /// <summary>PUT: from now on profiles are shown its variants.</summary>
    public static async Task<Results<Ok<ExperimentAnswer>, ProblemHttpResult>> PutAsync(
        ExperimentRequest request, ExperimentStore experiments, ModelStore models, AuditLog audit, TimeProvider time, HttpContext http)
    {
        var variants = (request.Variants ?? []).OfType<Variant>().ToList();
        var isFit = IsName(request.Name) && variants.Count == request.Variants?.Count && variants.Count is >= Fewest and <= Most
            && variants.All(variant => IsName(variant.Name) && variant.Percent > 0) && variants.DistinctBy(variant => variant.Name).Count() == variants.Count
            && Math.Abs(variants.Sum(variant => variant.Percent) - 100) < 1e-6;
        if (!isFit) return RecommendationProblems.ExperimentInvalid.ToResult();
        var experiment = new Experiment { Name = request.Name!, Variants = variants, StartedAt = time.GetUtcNow() };
        if (experiment.ComparesModels)
        {
            if (await models.FindAsync(http.RequestAborted) is not { Current: { } current, Previous: { } previous }) return RecommendationProblems.NoModelBefore.ToResult();
            experiment = experiment with { Models = new(current.Key, previous.Key) };
        }

        if (!await experiments.MayStartAsync(experiment, http.RequestAborted)) return RecommendationProblems.ExperimentRuns.ToResult();
        var shares = string.Join(", ", variants.Select(variant => string.Create(CultureInfo.InvariantCulture, $"{variant.Name} {variant.Percent} %")));
        await audit.AddAsync(http, "recommendations.experiment", request.Name!, shares);
        return await experiments.StartAsync(experiment)
            ? TypedResults.Ok(new ExperimentAnswer(await experiments.ReadAsync(CancellationToken.None)))
            : RecommendationProblems.ExperimentRuns.ToResult();
    }

    /// <summary>DELETE: everybody is shown the same again.</summary>
    public static async Task<NoContent> EndAsync(ExperimentStore experiments, AuditLog audit, HttpContext http)
    {
        await audit.AddAsync(http, "recommendations.experiment", Experiment.Id, "ended");
        await experiments.EndAsync();
        return TypedResults.NoContent();
    }

    private static bool IsName(string? name) => name is not null && Names().IsMatch(name);

    [GeneratedRegex("^[a-z0-9-]{1,40}\\z")]
    private static partial Regex Names();
}
