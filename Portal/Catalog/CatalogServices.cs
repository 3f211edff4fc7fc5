using FlickStream.Portal.Catalog.Artwork;
using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Catalog.Editing;
using FlickStream.Portal.Catalog.People;
using FlickStream.Portal.Catalog.Titles;

namespace FlickStream.Portal.Catalog;

internal static class CatalogServices
{
    public static void AddCatalog(this IServiceCollection services)
    {
        services.AddOptions<CatalogOptions>().BindConfiguration("Catalog").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<TitleStore>().AddSingleton<TitleLinks>().AddSingleton<TitleEditor>().AddSingleton<PersonStore>().AddSingleton<PeopleSeen>();
        services.AddSingleton<ArtworkPlaces>().AddSingleton<ImageEncoder>().AddSingleton<ArtworkFiles>().AddSingleton<SpareFiles>().AddSingleton<CatalogSweep>();
        services.AddSingleton<ViewingReader>().AddSingleton<PublicTitles>();
        services.AddSingleton<CatalogIndex>().AddHostedService(provider => provider.GetRequiredService<CatalogIndex>());
    }
}
