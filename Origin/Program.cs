using FlickStream.Origin;

var builder = WebApplication.CreateBuilder(args);
builder.AddOrigin();

var app = builder.Build();
app.MapOrigin();
app.Run();
