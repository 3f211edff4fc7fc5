using FlickStream.Platform.Access.Sessions;
using FlickStream.Platform.Http;
using FlickStream.Portal.Accounts;
using FlickStream.Portal.Accounts.SignIn;
using Microsoft.AspNetCore.Mvc;

namespace FlickStream.Portal.Profiles;

internal static class ProfileRoutes
{
    public static void AddProfiles(this IServiceCollection services)
    {
        services.AddOptions<ProfileOptions>().BindConfiguration("Profiles").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ProfileStore>().AddSingleton<ProfileSweep>().AddSingleton<ProfilePins>().AddSingleton<IPersonalData, ProfileData>();
    }

    public static void MapProfiles(this IEndpointRouteBuilder routes)
    {
        var people = routes.MapGroup("/api").RequireAuthorization(CallerSession.Policy).WithTags("Profiles").WithMetadata(new RequestSizeLimitAttribute(16 * 1024));
        people.MapPut("/session/profile", EnterProfile.HandleAsync).WithName("enterProfile");
        people.MapGet("/profiles", ListProfiles.HandleAsync).WithName("listProfiles");
        people.MapGet("/profiles/{id}", GetProfile.HandleAsync).WithName("getProfile");

        var managed = people.MapGroup("/profiles").AddEndpointFilter<GrownUpFilter>();
        managed.MapPost("/", CreateProfile.HandleAsync).WithName("createProfile");
        managed.MapPut("/{id}", ChangeProfile.HandleAsync).TakesIfMatch().WithName("changeProfile");
        managed.MapPut("/{id}/pin", SetPin.HandleAsync).WithName("setPin");
        managed.MapDelete("/{id}", DeleteProfile.HandleAsync).AddEndpointFilter<ConfirmedFilter>().WithName("deleteProfile");
    }
}
