using FlickStream.Platform.Problems;
using FlickStream.Portal.Subscriptions.Prices;

namespace FlickStream.Portal.Subscriptions.Plans;

internal static class PlanRules
{
    public static bool IsId(string? id) =>
        id is { Length: >= 2 and <= 30 } && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    /// <summary>The content as it is kept; null, with what is wrong, when it is none.</summary>
    public static PlanContent? Tidy(PlanContent content, out Problem? problem)
    {
        var name = content.Name?.Trim();
        problem = name is not { Length: >= 1 and <= 60 } || name.Any(char.IsControl) ? PlanProblems.NameInvalid
            : content.MaxHeight is < 144 or > 4320 || content.Streams is < 1 or > 50 || content.Profiles is < 1 or > 50 || content.TrialDays is < 0 or > 90
                ? PlanProblems.LimitsInvalid
            : content.Prices is not { Count: >= 1 } prices || !prices.All(IsCharged) || prices.DistinctBy(price => price.Currency).Count() < prices.Count
                ? PlanProblems.PricesInvalid
            : null;
        return problem is null ? content with { Name = name, Prices = [.. content.Prices!.Select(price => price.Rounded())] } : null;
    }

    private static bool IsCharged(Money? price) => price?.IsPrice() is true && price.Amount >= Currencies.LeastCharge(price.Currency).Amount;
}
