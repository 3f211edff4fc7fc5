namespace FlickStream.Portal.Recommendations.Site.Experiments;

/// <summary>What orders the page of one profile.</summary>
/// <param name="Experiment">Null where none runs, or its variant cannot be shown.</param>
/// <param name="Model">Null without one.</param>
internal sealed record ShownVariant(Experiment? Experiment, Variant Variant, LoadedModel? Model)
{
    /// <summary>A variant whose model is gone, or is not read yet, is no page of the experiment: the profile is shown what everybody is.</summary>
    public static ShownVariant To(string profileId, Experiment? experiment, CurrentModel models)
    {
        if (experiment is null) return new(null, Variant.Usual, models.Now);
        var variant = experiment.VariantOf(profileId);
        var model = !experiment.ComparesModels ? models.Now : experiment.Models is { } compared ? models.Find(compared.KeyOf(variant.Model)) : null;
        return model is null ? new(null, Variant.Usual, models.Now) : new(experiment, variant, model);
    }
}
