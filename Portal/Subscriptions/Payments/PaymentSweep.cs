using FlickStream.Portal.Subscriptions.Gateways;

namespace FlickStream.Portal.Subscriptions.Payments;

/// <summary>Refunds that wait, banks that decide, and what was never told.</summary>
internal sealed class PaymentSweep(PaymentStore payments, PaymentClerk clerk, ReturnsWatch watch, TimeProvider time, ILogger<PaymentSweep> log)
{
    public async Task SweepAsync(CancellationToken stop)
    {
        await foreach (var due in payments.DueAsync(time.GetUtcNow(), stop))
        {
            try
            {
                await clerk.WorkAsync(due.Id, isTold: false, stop);
            }
            catch (Exception fault) when (!stop.IsCancellationRequested)
            {
                // One that cannot be worked on now must not keep the others; the next sweep tries again.
                log.LogError(fault, "What is due of payment {Payment} could not be done.", due.Id);
            }
        }

        try
        {
            await watch.LookAsync(stop);
        }
        catch (GatewayUnavailableException fault)
        {
            log.LogWarning(fault, "The payment provider does not say what came back.");
        }
        catch (GatewayRefusedException fault)
        {
            log.LogError(fault, "The payment provider will not say what came back.");
        }
    }
}
