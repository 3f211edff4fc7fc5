using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Recommendations.Training;

namespace FlickStream.Portal.Recommendations.Stages;

/// <summary>
/// Vectors of titles by implicit alternating least squares (Hu, Koren, Volinsky, ICDM 2008), with the regularisation that grows with what is
/// known (Rendle and others, "Revisiting the performance of iALS", RecSys 2022).
/// </summary>
internal static class FactorTraining
{
    public static float[] Train(InteractionTable table, TrainingOptions options)
    {
        var (byTitle, width) = (table.ByTitle(), options.Factors);
        var (viewers, titles) = (new float[table.Viewers * width], new float[table.Titles * width]);
        var random = new Random(options.Seed);
        var spread = 0.1 / Math.Sqrt(width);
        for (var at = 0; at < titles.Length; at++) titles[at] = (float)(spread * ((2 * random.NextDouble()) - 1));
        for (var epoch = 0; epoch < options.FactorEpochs; epoch++)
        {
            Solve(table, titles, viewers, options);
            Solve(byTitle, viewers, titles, options);
        }

        return titles;
    }

    private static void Solve(InteractionTable table, float[] given, float[] sought, TrainingOptions options)
    {
        var (gram, width) = (FactorSolver.Gram(given, options.Factors), options.Factors);
        Parallel.For(0, table.Viewers, () => new FactorSolver(options), (row, _, solver) =>
        {
            solver.Solve(table.TitlesOf(row), table.WeightsOf(row), given, gram, table.Titles, sought.AsSpan(row * width, width));
            return solver;
        }, _ => { });
    }
}
