using FlickStream.Portal.Accounts.SignIn;

namespace FlickStream.Portal.Accounts.SecondFactors;

internal static class SecondFactorRoutes
{
    /// <param name="mine">The routes of one's own account.</param>
    public static void MapSecondFactor(this IEndpointRouteBuilder mine)
    {
        var factor = mine.MapGroup("/second-factor");
        factor.MapGet("/", ShowSecondFactor.HandleAsync);
        var delicate = factor.MapGroup("").AddEndpointFilter<ConfirmedFilter>();
        delicate.MapPost("/", StartEnrolment.HandleAsync);
        delicate.MapPost("/confirm", ConfirmEnrolment.HandleAsync);
        delicate.MapPost("/recovery-codes", RenewRecoveryCodes.HandleAsync);
        delicate.MapDelete("/", RemoveSecondFactor.HandleAsync);
    }
}
