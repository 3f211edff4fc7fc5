using FlickStream.Ingest;
using FlickStream.Platform.Http;

var builder = WebApplication.CreateBuilder(args);
builder.AddIngest();

var app = builder.Build();
app.UsePlatform();
app.MapIngest();
app.Run();
