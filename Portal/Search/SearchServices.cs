namespace FlickStream.Portal.Search;

internal static class SearchServices
{
    public static void AddSearch(this IServiceCollection services) =>
        services.AddSingleton<SearchIndex>().AddHostedService(provider => provider.GetRequiredService<SearchIndex>());
}
