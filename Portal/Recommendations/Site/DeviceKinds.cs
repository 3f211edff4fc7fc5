namespace FlickStream.Portal.Recommendations.Site;

/// <summary>Of a User-Agent what kind of device it is, as <see cref="Interactions.Moment"/> numbers them.</summary>
internal static class DeviceKinds
{
    private static readonly string[] Televisions = ["TV", "Tizen", "Web0S", "webOS", "BRAVIA", "CrKey", "Roku", "AFT"];

    public static int Of(string userAgent)
    {
        bool Has(string word) => userAgent.Contains(word, StringComparison.Ordinal);
        if (Televisions.Any(Has)) return 3;
        if (Has("iPad") || Has("Tablet") || (Has("Android") && !Has("Mobile"))) return 2;
        return Has("Mobile") || Has("iPhone") ? 1 : 0;
    }
}
