using FlickStream.Platform.Access.Sessions;
using FlickStream.Portal.Accounts.OwnAccount;
using FlickStream.Portal.Accounts.Passkeys;
using FlickStream.Portal.Accounts.Passwords;
using FlickStream.Portal.Accounts.Registration;
using FlickStream.Portal.Accounts.SecondFactors;
using FlickStream.Portal.Accounts.Sessions;
using FlickStream.Portal.Accounts.SignIn;
using FlickStream.Portal.Profiles;
using Microsoft.AspNetCore.Mvc;

namespace FlickStream.Portal.Accounts;

internal static class AccountRoutes
{
    // A password, an address and a token are less; whoever sends more wants something else.
    private static readonly RequestSizeLimitAttribute Small = new(16 * 1024);

    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        var strangers = routes.MapGroup("/api").AllowAnonymous().WithTags("Accounts").WithMetadata(Small).AddEndpointFilter<EntranceLog>();
        strangers.MapPost("/accounts", Register.HandleAsync).AddEndpointFilter<LinkFilter>();
        strangers.MapPost("/accounts/verify", VerifyEmail.HandleAsync);
        strangers.MapPost("/accounts/forgot", ForgotPassword.HandleAsync).AddEndpointFilter<LinkFilter>();
        strangers.MapPost("/accounts/reset", ResetPassword.HandleAsync);
        strangers.MapPost("/session", SignIn.SignIn.HandleAsync);
        strangers.MapPost("/session/second-factor", FinishSignIn.HandleAsync);

        var people = routes.MapGroup("/api").RequireAuthorization(CallerSession.Policy).WithTags("Accounts").WithMetadata(Small).AddEndpointFilter<EntranceLog>();
        people.MapGet("/session", ShowAccount.HandleAsync).WithName("showSession");
        people.MapDelete("/session", SignOut.HandleAsync);
        people.MapPost("/session/confirm", ConfirmIdentity.HandleAsync);
        strangers.MapPasskeys(people);
        people.MapGet("/sessions", ListSessions.HandleAsync);
        people.MapDelete("/sessions/{id}", EndSession.HandleAsync).AddEndpointFilter<GrownUpFilter>();
        people.MapPost("/sessions/end-others", EndOtherSessions.HandleAsync).AddEndpointFilter<GrownUpFilter>();

        var mine = people.MapGroup("/accounts/me");
        mine.MapGet("/", ShowAccount.HandleAsync);
        mine.MapPatch("/", ChangeAccount.HandleAsync).AddEndpointFilter<GrownUpFilter>();
        mine.MapPut("/password", ChangePassword.HandleAsync);
        mine.MapPost("/email", ChangeEmail.HandleAsync).AddEndpointFilter<ConfirmedFilter>().AddEndpointFilter<LinkFilter>();
        mine.MapPost("/email/confirm", ConfirmEmail.HandleAsync);
        mine.MapGet("/export", ExportAccount.HandleAsync).AddEndpointFilter<ConfirmedFilter>().Produces<Dictionary<string, object>>();
        mine.MapDelete("/", DeleteAccount.HandleAsync).AddEndpointFilter<ConfirmedFilter>();
        mine.MapPost("/keep", KeepAccount.HandleAsync).AddEndpointFilter<GrownUpFilter>();
        mine.MapSecondFactor();
    }
}
