using FlickStream.Platform.Access.Sessions;
using FlickStream.Portal.Accounts.Mine;
using FlickStream.Portal.Accounts.Passwords;
using FlickStream.Portal.Accounts.Registration;
using FlickStream.Portal.Accounts.Sessions;
using FlickStream.Portal.Accounts.SignIn;

namespace FlickStream.Portal.Accounts;

internal static class AccountRoutes
{
    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        var strangers = routes.MapGroup("/api").AllowAnonymous().WithTags("Accounts");
        strangers.MapPost("/accounts", Register.HandleAsync);
        strangers.MapPost("/accounts/verify", VerifyEmail.HandleAsync);
        strangers.MapPost("/accounts/forgot", ForgotPassword.HandleAsync);
        strangers.MapPost("/accounts/reset", ResetPassword.HandleAsync);
        strangers.MapPost("/session", SignIn.SignIn.HandleAsync);

        var people = routes.MapGroup("/api").RequireAuthorization(CallerSession.Policy).WithTags("Accounts");
        people.MapGet("/session", ShowAccount.HandleAsync);
        people.MapDelete("/session", SignOut.HandleAsync);
        people.MapPost("/session/confirm", ConfirmIdentity.HandleAsync);
        people.MapGet("/sessions", ListSessions.HandleAsync);
        people.MapDelete("/sessions/{id}", EndSession.HandleAsync);
        people.MapPost("/sessions/end-others", EndOtherSessions.HandleAsync);

        var mine = people.MapGroup("/accounts/me");
        mine.MapGet("/", ShowAccount.HandleAsync);
        mine.MapPatch("/", ChangeAccount.HandleAsync);
        mine.MapPut("/password", ChangePassword.HandleAsync);
        mine.MapPost("/email", ChangeEmail.HandleAsync).AddEndpointFilter<ConfirmedFilter>();
        mine.MapPost("/email/confirm", ConfirmEmail.HandleAsync);
        mine.MapGet("/export", ExportAccount.HandleAsync).AddEndpointFilter<ConfirmedFilter>();
        mine.MapDelete("/", DeleteAccount.HandleAsync).AddEndpointFilter<ConfirmedFilter>();
        mine.MapPost("/keep", KeepAccount.HandleAsync);
    }
}
