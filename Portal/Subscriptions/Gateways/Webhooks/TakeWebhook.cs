using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Subscriptions.Gateways.Webhooks;

/// <param name="IsStored">What it is about is looked at soon.</param>
internal sealed record TakenWebhook(bool IsStored);

/// <summary>POST by the payment provider; 200 once the event is stored.</summary>
internal static class TakeWebhook
{
    public static async Task<Results<Ok<TakenWebhook>, ProblemHttpResult>> HandleAsync(WebhookIntake intake, HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        return await intake.TakeAsync(body.ToArray(), http.Request.Headers[WebhookSignature.Header], CancellationToken.None)
            ? TypedResults.Ok(new TakenWebhook(true)) : SubscriptionProblems.SignatureInvalid.ToResult();
    }
}
